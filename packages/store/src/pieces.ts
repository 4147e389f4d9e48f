// Large reads and writes in portions. Forge SQL takes requests of 1 MiB and returns responses of 4 MiB.

import type { Kysely } from 'kysely'
import { dialectOf } from './dialect.js'
import type { Schema } from './schema.js'

// SQLite takes 32,766 parameters per statement, MySQL 65,535. No table has more than twelve columns.
const rowsPerStatement = 1000
// The rest of the MiB is for what JSON adds, mainly quotes.
const bytesPerStatement = 700_000
// Rows are about as large as those before them; half the response is left for larger ones.
const bytesPerAnswer = 2 * 1024 * 1024

const encoder = new TextEncoder()
const bytesOf = (row: object): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? encoder.encode(value).length : 8),
    0,
  )

/** Splits rows into portions that fit one statement. A row that is too large is a portion of its own. */
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
 * Reads up to `limit` rows with one statement or several. `read` gets a number of rows and the last row so far;
 * the size of the rows decides how many to read next.
 */
export async function inPieces<Row extends object>(
  db: Kysely<Schema>,
  limit: number,
  read: (rows: number, last: Row | undefined) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const { first, most } = dialectOf(db).rowsAtOnce
  let found: readonly Row[] = []
  for (let size = first; ;) {
    const requested = Math.min(size, limit - found.length)
    const piece = await read(requested, found.at(-1))
    found = found.length === 0 ? piece : [...found, ...piece]
    if (piece.length < requested || found.length >= limit) return found
    const bytes = piece.reduce((sum, row) => sum + bytesOf(row), 0)
    size = Math.max(1, Math.min(most, Math.floor((bytesPerAnswer / bytes) * piece.length)))
  }
}
