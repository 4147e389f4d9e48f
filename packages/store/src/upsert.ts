// The one statement that dialects disagree on: insert with a conflict. MySQL and Forge SQL join here
// (`insert ignore`, `on duplicate key update`); the queries of the other files stay as they are.

import { sql, type Insertable, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from './schema.js'

type Table = keyof Schema & string
type Column<T extends Table> = keyof Schema[T] & string
type Row<T extends Table> = Readonly<Insertable<Schema[T]>>

// SQLite takes 32,766 parameters in a statement; no table has more than twelve columns.
const rowsPerStatement = 1000

const insertion = <T extends Table>(table: T, columns: readonly Column<T>[], rows: readonly Row<T>[]) => {
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column as keyof Row<T>]))})`)
  return sql`insert into ${sql.table(table)} (${sql.join(columns.map((c) => sql.ref(c)))}) values ${sql.join(values)}`
}

function chunks<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / rowsPerStatement)
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  )
}

/** Inserts the rows whose keys are not taken yet, and says how many those were. */
export async function insertOnce<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  rows: readonly Row<T>[],
): Promise<number> {
  let inserted = 0
  for (const chunk of chunks(rows)) {
    const columns = Object.keys(chunk[0] ?? {}) as Column<T>[]
    const result = await sql`${insertion(table, columns, chunk)} on conflict do nothing`.execute(db)
    inserted += Number(result.numAffectedRows ?? 0)
  }
  return inserted
}

/** Inserts rows, or replaces those with the same key; with `onlyWhile`, only where the stored row passes it. */
export async function upsert<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  keys: readonly Column<T>[],
  rows: readonly Row<T>[],
  onlyWhile?: RawBuilder<boolean>,
): Promise<void> {
  for (const chunk of chunks(rows)) {
    const columns = Object.keys(chunk[0] ?? {}) as Column<T>[]
    const replaced = columns.filter((column) => !keys.includes(column))
    const set = sql.join(replaced.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
    const target = sql.join(keys.map((key) => sql.ref(key)))
    const guard = onlyWhile === undefined ? sql`` : sql` where ${onlyWhile}`
    await sql`${insertion(table, columns, chunk)} on conflict (${target}) do update set ${set}${guard}`.execute(db)
  }
}
