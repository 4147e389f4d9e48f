// The differences between SQLite and MySQL (MariaDB, TiDB, Forge SQL) in one place: upserts, cursors in an order, column
// types, and how much fits into one statement.

import { MysqlAdapter, sql, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from './schema.js'

type Sql = RawBuilder<unknown>

export interface Dialect {
  readonly name: 'sqlite' | 'mysql'
  /** Inserts rows (`values …` or `select …`); skips rows whose key exists. */
  insertOnce(into: Sql, rows: Sql): Sql
  /** Inserts rows; replaces the other columns of rows whose key exists. */
  upsert(into: Sql, rows: Sql, keys: readonly string[], others: readonly string[]): Sql
  /** The `from` of a `select` of values only. */
  readonly nothing: Sql
  /** The rows after a cursor, as a range of the index. */
  after(column: Sql, id: Sql, value: string | number, lastId: string | number): RawBuilder<boolean>
  /** The rows before a cursor: the next page of a list that is newest first. */
  before(column: Sql, id: Sql, value: string | number, lastId: string | number): RawBuilder<boolean>
  /** A sort column hidden from the indexes: for a filter that few rows match, a full scan and a sort are faster. */
  unindexed(column: Sql): Sql
  /** Read documents after the page is known. Otherwise the engine also reads the rows that a filter skips. */
  readonly documentsLast: boolean
  /** An index hint for a table of which only indexed columns are read. */
  readonly indexesOnly: Sql
  /** The type of a text without a maximum length. */
  readonly textType: 'text' | 'longtext'
  /** The end of a `create table` statement. */
  readonly tableOptions: Sql
  /** Whether indexes are created in the statement that creates the table. */
  readonly indexesInside: boolean
  /** Says whether a table has an index of this name. */
  hasIndex(db: Kysely<Schema>, on: string, index: string): Promise<boolean>
  /** How many rows to read at once: before their size is known, and at most. */
  readonly rowsAtOnce: { readonly first: number; readonly most: number }
  /** Accounts of a snapshot per delete statement. */
  readonly accountsPerDrop: number
}

const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)))

const finds = async (db: Kysely<Schema>, query: Sql) => (await query.execute(db)).rows.length > 0

const sqlite: Dialect = {
  name: 'sqlite',
  insertOnce: (into, rows) => sql`insert into ${into} ${rows} on conflict do nothing`,
  upsert(into, rows, keys, others) {
    const set = sql.join(others.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
    return sql`insert into ${into} ${rows} on conflict (${names(keys)}) do update set ${set}`
  },
  nothing: sql``,
  after: (column, id, value, lastId) => sql<boolean>`(${column}, ${id}) > (${value}, ${lastId})`,
  before: (column, id, value, lastId) => sql<boolean>`(${column}, ${id}) < (${value}, ${lastId})`,
  unindexed: (column) => column,
  documentsLast: false,
  indexesOnly: sql``,
  textType: 'text',
  tableOptions: sql``,
  indexesInside: false,
  hasIndex: (db, _on, index) => finds(db, sql`select 1 from sqlite_master where type = 'index' and name = ${index}`),
  // The rows of one response are of one moment and stay in the process.
  rowsAtOnce: { first: Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER },
  // Each portion changes every index: a few large portions cost a third of many small ones.
  accountsPerDrop: 10_000,
}

const mysql: Dialect = {
  name: 'mysql',
  // `ignore` also truncates without an error, so the caller checks lengths first (see tables.ts).
  insertOnce: (into, rows) => sql`insert ignore into ${into} ${rows}`,
  // Any unique key counts here, not only the named one. No table with upserts has a second one.
  upsert(into, rows, _keys, others) {
    const set = sql.join(others.map((column) => sql`${sql.ref(column)} = values(${sql.ref(column)})`))
    return sql`insert into ${into} ${rows} on duplicate key update ${set}`
  },
  nothing: sql` from dual`,
  // A row comparison would read every row of the index up to the cursor.
  after: (column, id, value, lastId) =>
    sql<boolean>`((${column} = ${value} and ${id} > ${lastId}) or ${column} > ${value})`,
  before: (column, id, value, lastId) =>
    sql<boolean>`((${column} = ${value} and ${id} < ${lastId}) or ${column} < ${value})`,
  // In index order, the engine reads each row by itself, which is five times slower than reading all from the start.
  unindexed: (column) => sql`greatest(${column}, ${column})`,
  documentsLast: true,
  // Rows are stored in the primary key with their documents, so MySQL takes it for an index that covers everything.
  indexesOnly: sql` ignore index (primary)`,
  textType: 'longtext',
  // Texts compare byte by byte, except that trailing spaces are ignored. Ids have none, core trims the names of policies
  // and the subjects of protections, and `keyText` trims the rest.
  tableOptions: sql` default charset utf8mb4 collate utf8mb4_bin`,
  // Forge SQL allows 25 schema changes a minute.
  indexesInside: true,
  hasIndex: (db, on, index) =>
    finds(
      db,
      sql`select 1 from information_schema.statistics where table_schema = database() and table_name = ${on} and index_name = ${index} limit 1`,
    ),
  // A Forge SQL response has at most 4 MiB.
  rowsAtOnce: { first: 200, most: 500 },
  // A Forge SQL statement has ten seconds and 16 MiB of memory.
  accountsPerDrop: 1000,
}

/** The dialect of a database. */
export const dialectOf = (db: Kysely<Schema>): Dialect =>
  db.getExecutor().adapter instanceof MysqlAdapter ? mysql : sqlite
