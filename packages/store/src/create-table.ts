// Creates tables, columns and indexes in either dialect, unless they exist.

import { sql, type Kysely } from 'kysely'
import { dialectOf } from './dialect.js'
import type { Schema } from './schema.js'
import type { TableShape } from './tables.js'

/** Says whether a table has a column. */
export const hasColumn = async (db: Kysely<Schema>, on: string, column: string): Promise<boolean> =>
  (await db.introspection.getTables())
    .filter(({ name: tableName }) => tableName === on)
    .some(({ columns }) => columns.some(({ name: columnName }) => columnName === column))

const list = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)))
const indexName = (on: string, by: string): string => `${on}_by_${by}`

/** Adds a text column, empty in existing rows, unless it exists. */
export async function addColumn(
  db: Kysely<Schema>,
  on: keyof Schema & string,
  column: string,
  type: `varchar(${number})`,
): Promise<void> {
  if (await hasColumn(db, on, column)) return
  const adding = db.schema.alterTable(on).addColumn(column, type, (c) => c.notNull().defaultTo(''))
  await adding.execute().catch(async (error: unknown) => {
    // Another process may have added it in the meantime.
    if (!(await hasColumn(db, on, column))) throw error
  })
}

/** Adds a text column that may be null, and is null in existing rows, unless it exists. */
export async function addOptionalText(db: Kysely<Schema>, on: keyof Schema & string, column: string): Promise<void> {
  if (await hasColumn(db, on, column)) return
  const type = sql.raw(dialectOf(db).textType)
  const adding = sql`alter table ${sql.table(on)} add column ${sql.ref(column)} ${type}`
  await adding.execute(db).catch(async (error: unknown) => {
    if (!(await hasColumn(db, on, column))) throw error
  })
}

/** Adds an index to an existing table. */
export async function addIndex(
  db: Kysely<Schema>,
  on: keyof Schema & string,
  by: string,
  columns: readonly string[],
): Promise<void> {
  // Not every MySQL knows `create index if not exists`, and Forge SQL allows few schema changes.
  if (await dialectOf(db).hasIndex(db, on, indexName(on, by))) return
  const making = db.schema
    .createIndex(indexName(on, by))
    .on(on)
    .columns([...columns])
  await making.execute().catch(async (error: unknown) => {
    if (!(await dialectOf(db).hasIndex(db, on, indexName(on, by)))) throw error
  })
}

/** Creates an index with a statement of its own. */
export async function createIndex(
  db: Kysely<Schema>,
  on: string,
  by: string,
  columns: readonly string[],
  unique = false,
): Promise<void> {
  const builder = db.schema
    .createIndex(indexName(on, by))
    .ifNotExists()
    .on(on)
    .columns([...columns])
  await (unique ? builder.unique() : builder).execute()
}

/** Creates a table with its key and indexes. */
export async function createTable(
  db: Kysely<Schema>,
  table: string,
  { columns, key, indexes = {}, unique = [] }: TableShape,
): Promise<void> {
  const { textType, tableOptions, indexesInside } = dialectOf(db)
  const parts = Object.entries(columns).map(([column, type]) => {
    const [bare, nullable] = type.split(' ')
    const rule = nullable === undefined ? sql` not null` : sql``
    return sql`${sql.ref(column)} ${sql.raw(bare === 'text' ? textType : `${bare}`)}${rule}`
  })
  parts.push(sql`primary key (${list(key)})`)
  if (indexesInside)
    for (const [by, of] of Object.entries(indexes))
      parts.push(
        sql`${sql.raw(unique.includes(by) ? 'unique index' : 'index')} ${sql.ref(indexName(table, by))} (${list(of)})`,
      )
  await sql`create table if not exists ${sql.table(table)} (${sql.join(parts)})${tableOptions}`.execute(db)
  if (!indexesInside)
    for (const [by, of] of Object.entries(indexes)) await createIndex(db, table, by, of, unique.includes(by))
}
