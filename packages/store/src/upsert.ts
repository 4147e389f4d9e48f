// Inserts that skip or replace existing rows, in portions that fit every engine.

import { sql, type Insertable, type Kysely, type RawBuilder } from 'kysely'
import { dialectOf } from './dialect.js'
import { portions } from './pieces.js'
import type { Schema } from './schema.js'
import { mustFit } from './tables.js'

type Table = keyof Schema & string
type Column<T extends Table> = keyof Schema[T] & string
type Row<T extends Table> = Readonly<Insertable<Schema[T]>>

/** The two halves of an insert: the table with its columns, and the rows, which depend on a condition. */
function insertion<T extends Table>(db: Kysely<Schema>, table: T, rows: readonly Row<T>[], when?: RawBuilder<boolean>) {
  const columns = Object.keys(rows[0] ?? {}) as (Column<T> & keyof Row<T>)[]
  const { name, nothing } = dialectOf(db)
  if (name === 'mysql') for (const row of rows) mustFit(table, row)
  const into = sql`${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})`
  const values = rows.map((row) => sql.join(columns.map((column) => row[column])))
  const given =
    when === undefined
      ? sql`values ${sql.join(values.map((row) => sql`(${row})`))}`
      : sql.join(
          values.map((row) => sql`select ${row}${nothing} where ${when}`),
          sql` union all `,
        )
  return { columns, into, given }
}

/** Inserts the rows whose keys do not exist, if a condition holds. Returns how many it inserted. */
export async function insertOnce<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  rows: readonly Row<T>[],
  when?: RawBuilder<boolean>,
): Promise<number> {
  let inserted = 0
  for (const portion of portions(rows)) {
    const { into, given } = insertion(db, table, portion, when)
    const result = await dialectOf(db).insertOnce(into, given).execute(db)
    inserted += Number(result.numAffectedRows ?? 0)
  }
  return inserted
}

/** Inserts rows, or replaces those with the same key. */
export async function upsert<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  keys: readonly Column<T>[],
  rows: readonly Row<T>[],
): Promise<void> {
  for (const portion of portions(rows)) {
    const { columns, into, given } = insertion(db, table, portion)
    const others = columns.filter((column) => !keys.includes(column))
    await dialectOf(db).upsert(into, given, keys, others).execute(db)
  }
}
