// What SQLite and MySQL (MariaDB, TiDB, Forge SQL) say differently, in one place: inserting beside what is there, places
// in an order, column types, and how much goes into one statement.

import { MysqlAdapter, sql, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from './schema.js'

type Sql = RawBuilder<unknown>

export interface Dialect {
  readonly name: 'sqlite' | 'mysql'
  /** Inserts rows (`values …` or `select …`) into a table with its columns; those whose key is taken are passed over. */
  insertOnce(into: Sql, rows: Sql): Sql
  /** Inserts rows, or replaces the other columns of those with the same key. */
  upsert(into: Sql, rows: Sql, keys: readonly string[], others: readonly string[]): Sql
  /** What a `select` of values alone is from. */
  readonly nothing: Sql
  /** The rows after a place in an order: the range of an index that begins there. */
  after(column: Sql, id: Sql, value: string | number, lastId: string | number): RawBuilder<boolean>
  /** The rows before a place in an order: what follows it in a list that begins with the newest. */
  before(column: Sql, id: Sql, value: string | number, lastId: string | number): RawBuilder<boolean>
  /** A column to sort by, hidden from the indexes: what few rows match is found by looking at all, and sorted then. */
  unindexed(column: Sql): Sql
  /** Documents are looked up after the page is known: otherwise every row that a filter passes over is looked up too. */
  readonly documentsLast: boolean
  /** What follows a table of which only indexed columns are read: not to read whole rows for them. */
  readonly indexesOnly: Sql
  /** The type of a text without a bound. */
  readonly textType: 'text' | 'longtext'
  /** What stands at the end of a table. */
  readonly tableOptions: Sql
  /** Indexes are made with their table, by one statement. */
  readonly indexesInside: boolean
  /** Says whether a table has an index of this name. */
  hasIndex(db: Kysely<Schema>, on: string, index: string): Promise<boolean>
  /** Rows that are read at once before their size is known, and at most. */
  readonly rowsAtOnce: { readonly first: number; readonly most: number }
  /** Accounts of a snapshot that are deleted at once. */
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
  // The rows of one answer are of one moment, and never leave the process.
  rowsAtOnce: { first: Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER },
  // Every index is touched all over by each portion: few large ones cost a third of many small ones.
  accountsPerDrop: 10_000,
}

const mysql: Dialect = {
  name: 'mysql',
  // `ignore` also cuts what is too long, in silence: whoever inserts has looked at the lengths (see tables.ts).
  insertOnce: (into, rows) => sql`insert ignore into ${into} ${rows}`,
  // Any unique key counts here, not the named one alone: no table that is replaced into has a second.
  upsert(into, rows, _keys, others) {
    const set = sql.join(others.map((column) => sql`${sql.ref(column)} = values(${sql.ref(column)})`))
    return sql`insert into ${into} ${rows} on duplicate key update ${set}`
  },
  nothing: sql` from dual`,
  // A comparison of pairs would read every row of the index up to the place.
  after: (column, id, value, lastId) =>
    sql<boolean>`((${column} = ${value} and ${id} > ${lastId}) or ${column} > ${value})`,
  before: (column, id, value, lastId) =>
    sql<boolean>`((${column} = ${value} and ${id} < ${lastId}) or ${column} < ${value})`,
  // In the order of an index, every row behind it is looked up by itself: five times as slow as all from the first on.
  unindexed: (column) => sql`greatest(${column}, ${column})`,
  documentsLast: true,
  // The rows lie in the primary key itself, with their documents: to MySQL it looks like an index that knows everything.
  indexesOnly: sql` ignore index (primary)`,
  textType: 'longtext',
  // Texts compare byte by byte, but for spaces at their end, which are overlooked: ids have none, core trims the names of
  // policies and the subjects of protections, and `keyText` the rest.
  tableOptions: sql` default charset utf8mb4 collate utf8mb4_bin`,
  // Forge SQL takes 25 statements a minute that change the schema.
  indexesInside: true,
  hasIndex: (db, on, index) =>
    finds(
      db,
      sql`select 1 from information_schema.statistics where table_schema = database() and table_name = ${on} and index_name = ${index} limit 1`,
    ),
  // Forge SQL answers with 4 MiB at most.
  rowsAtOnce: { first: 200, most: 500 },
  // Forge SQL gives a statement ten seconds and 16 MiB of memory.
  accountsPerDrop: 1000,
}

/** The dialect that a database speaks. */
export const dialectOf = (db: Kysely<Schema>): Dialect =>
  db.getExecutor().adapter instanceof MysqlAdapter ? mysql : sqlite
