// Large things in pieces. Forge SQL takes requests of 1 MiB and gives answers of 4 MiB; smaller ones do no other engine harm.

import type { Kysely } from 'kysely'
import { dialectOf } from './dialect.js'
import type { Schema } from './schema.js'

// SQLite takes 32,766 parameters in a statement, MySQL 65,535; no table has more than twelve columns.
const rowsPerStatement = 1000
// What JSON adds on the way, quotes before all, has room in the rest of the MiB.
const bytesPerStatement = 700_000
// Rows are as large as those before them, more or less: half the answer is left for the less.
const bytesPerAnswer = 2 * 1024 * 1024

const encoder = new TextEncoder()
const bytesOf = (row: object): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? encoder.encode(value).length : 8),
    0,
  )

/** Cuts rows into what one statement takes; a row that is too large for any goes alone. */
export function portions<Row extends object>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const cut: Row[][] = []
  let room = 0
  for (const row of rows) {
    const bytes = bytesOf(row)
    const last = cut.at(-1)
    if (last !== undefined && last.length < rowsPerStatement && bytes <= room) last.push(row)
    else {
      cut.push([row])
      room = bytesPerStatement
    }
    room -= bytes
  }
  return cut
}

/**
 * Reads up to `limit` rows by one statement or several: `read` is asked for so many rows after the last one that it gave.
 * How large they are decides how many it is asked for next.
 */
export async function inPieces<Row extends object>(
  db: Kysely<Schema>,
  limit: number,
  read: (rows: number, last: Row | undefined) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const { first, most } = dialectOf(db).rowsAtOnce
  let found: readonly Row[] = []
  for (let size = first; ;) {
    const asked = Math.min(size, limit - found.length)
    const piece = await read(asked, found.at(-1))
    found = found.length === 0 ? piece : [...found, ...piece]
    if (piece.length < asked || found.length >= limit) return found
    const bytes = piece.reduce((sum, row) => sum + bytesOf(row), 0)
    size = Math.max(1, Math.min(most, Math.floor((bytesPerAnswer / bytes) * piece.length)))
  }
}
