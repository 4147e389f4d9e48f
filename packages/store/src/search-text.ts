// The text that a search looks through, in memory: one pass over the rows of 150,000 accounts reads 300 MB, this text is
// 10 MB. It is read once for each finished snapshot, in pieces. What it finds are candidates: the query checks their rows.

import type { SnapshotId } from '@rollcall/core'
import { sql, type Kysely } from 'kysely'
import type { Schema } from './schema.js'
import { pause } from './pause.js'

/** How many accounts to read at once: other requests wait no longer. */
const accountsAtOnce = 2000

interface Piece {
  readonly ids: readonly string[]
  /** The texts one after another, each with an end that no search contains. */
  readonly text: string
  /** Where each text ends. */
  readonly ends: readonly number[]
}
interface Loaded {
  readonly revision: number
  readonly pieces: Promise<readonly Piece[]>
}

const end = '\0'
/** One snapshot for each database: people search the newest one. */
const loaded = new WeakMap<Kysely<Schema>, { readonly id: SnapshotId } & Loaded>()

async function load(db: Kysely<Schema>, id: SnapshotId): Promise<readonly Piece[]> {
  const pieces: Piece[] = []
  for (let last = ''; ;) {
    const page = db.selectFrom('accounts').select(['account_id', 'search_lower']).where('snapshot_id', '=', id)
    const rows = await page.where('account_id', '>', last).orderBy('account_id').limit(accountsAtOnce).execute()
    let at = 0
    const ends = rows.map(({ search_lower }) => (at += search_lower.length + end.length))
    const text = rows.map(({ search_lower }) => `${search_lower}${end}`).join('')
    pieces.push({ ids: rows.map(({ account_id }) => account_id), text, ends })
    if (rows.length < accountsAtOnce) return pieces
    last = rows.at(-1)?.account_id ?? last
    await pause()
  }
}

/** The revision of a finished snapshot: it grows when a run, here or in another process, writes an account. */
async function revisionOf(db: Kysely<Schema>, id: SnapshotId): Promise<number | undefined> {
  const revision = sql<number | null>`json_extract(doc, '$.revision')`.as('revision')
  const head = db.selectFrom('snapshots').select(revision).where('snapshot_id', '=', id).where('finished', '=', 1)
  const row = await head.executeTakeFirst()
  return row && (row.revision ?? 0)
}

/** Forgets the text of a snapshot whose accounts are written. */
export function forgetText(db: Kysely<Schema>, id: SnapshotId): void {
  if (loaded.get(db)?.id === id) loaded.delete(db)
}

function matchesIn({ ids, text, ends }: Piece, search: string): readonly string[] {
  const found: string[] = []
  for (let [at, index] = [text.indexOf(search), 0]; at !== -1; index += 1) {
    const endsAt = ends[index] ?? text.length
    if (endsAt <= at) continue
    const id = ids[index]
    if (id !== undefined) found.push(id)
    at = text.indexOf(search, endsAt)
  }
  return found
}

/** The ids of the accounts whose text contains a search, in order; undefined for a snapshot that a sync still writes. */
export async function idsContaining(
  db: Kysely<Schema>,
  id: SnapshotId,
  search: string,
): Promise<readonly string[] | undefined> {
  const revision = await revisionOf(db, id)
  if (revision === undefined) return undefined
  let current = loaded.get(db)
  if (current?.id !== id || current.revision !== revision) {
    const pieces = load(db, id)
    current = { id, revision, pieces }
    loaded.set(db, current)
    pieces.catch(() => forgetText(db, id))
  }
  return (await current.pieces).flatMap((piece) => matchesIn(piece, search))
}
