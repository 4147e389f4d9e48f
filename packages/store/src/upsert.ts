// The one statement that dialects disagree on: insert with a conflict. MySQL and Forge SQL join here
// (`insert ignore`, `on duplicate key update`); the queries of the other files stay as they are.

import { sql, type Insertable, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from './schema.js'

type Table = keyof Schema & string
type Column<T extends Table> = keyof Schema[T] & string
type Row<T extends Table> = Readonly<Insertable<Schema[T]>>

// SQLite takes 32,766 parameters in a statement; no table has more than twelve columns.
const rowsPerStatement = 1000

const insertion = <T extends Table>(
  table: T,
  columns: readonly Column<T>[],
  rows: readonly Row<T>[],
  when?: RawBuilder<boolean>,
) => {
  const values = rows.map((row) => sql.join(columns.map((column) => row[column as keyof Row<T>])))
  const into = sql`insert into ${sql.table(table)} (${sql.join(columns.map((c) => sql.ref(c)))})`
  if (when === undefined) return sql`${into} values ${sql.join(values.map((row) => sql`(${row})`))}`
  return sql`${into} ${sql.join(
    values.map((row) => sql`select ${row} where ${when}`),
    sql` union all `,
  )}`
}

function chunks<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / rowsPerStatement)
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  )
}

/** Inserts the rows whose keys are not taken yet, while a condition holds, and says how many those were. */
export async function insertOnce<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  rows: readonly Row<T>[],
  when?: RawBuilder<boolean>,
): Promise<number> {
  let inserted = 0
  for (const chunk of chunks(rows)) {
    const columns = Object.keys(chunk[0] ?? {}) as Column<T>[]
    const result = await sql`${insertion(table, columns, chunk, when)} on conflict do nothing`.execute(db)
    inserted += Number(result.numAffectedRows ?? 0)
  }
  return inserted
}

/** Conditions of a writing: `when` has to hold at all, `replace` for each stored row that would be replaced. */
interface Conditions {
  readonly when?: RawBuilder<boolean>
  readonly replace?: RawBuilder<boolean>
}

/** Inserts rows, or replaces those with the same key, under conditions; says how many it wrote. */
export async function upsertWhen<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  keys: readonly Column<T>[],
  rows: readonly Row<T>[],
  { when, replace }: Conditions,
): Promise<number> {
  let written = 0
  for (const chunk of chunks(rows)) {
    const columns = Object.keys(chunk[0] ?? {}) as Column<T>[]
    const replaced = columns.filter((column) => !keys.includes(column))
    const set = sql.join(replaced.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
    const target = sql.join(keys.map((key) => sql.ref(key)))
    const guard = replace === undefined ? sql`` : sql` where ${replace}`
    const inserted = insertion(table, columns, chunk, when)
    const result = await sql`${inserted} on conflict (${target}) do update set ${set}${guard}`.execute(db)
    written += Number(result.numAffectedRows ?? 0)
  }
  return written
}

/** Inserts rows, or replaces those with the same key. */
export async function upsert<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  keys: readonly Column<T>[],
  rows: readonly Row<T>[],
): Promise<void> {
  await upsertWhen(db, table, keys, rows, {})
}
