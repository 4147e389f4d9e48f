// The audit log as a file: JSON Lines (which verifies), CSV for spreadsheets, OCSF for a SIEM; and verifying an export.

import {
  checkpointJudge,
  prunedOf,
  UsageError,
  verifyChain,
  type AuditEntry,
  type Checkpoint,
  type System,
  type Verification,
} from '@rollcall/core'
import { auditTable, checkpoint as checkpointShape } from '@rollcall/api'
import { readLines } from './bounded-input.js'
import { ocsfEvent } from './ocsf.js'
import { ed25519 } from '@rollcall/node'

interface ExportFormat {
  readonly head: string
  readonly line: (entry: AuditEntry) => string
  readonly checkpoint: (checkpoint: Checkpoint) => string
}

export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  jsonl: {
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
    checkpoint: (checkpoint) => `${JSON.stringify({ checkpoint })}\n`,
  },
  csv: { ...auditTable, checkpoint: () => '' },
  ocsf: { head: '', line: (entry) => `${JSON.stringify(ocsfEvent(entry))}\n`, checkpoint: () => '' },
}

/** Reads the lines of a file as JSON, each with its position for error messages. */
function* linesOf(file: string, made: string): Generator<readonly [value: unknown, where: string]> {
  const fail = (problem: string) => new UsageError(`${file} ${problem}. Give a file made by "${made}".`)
  let number = 0
  for (const line of readLines(file, fail)) {
    number += 1
    if (line === '') continue
    const where = `${file}:${number}`
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw damaged(where)
    }
    yield [value, where]
  }
}
const damaged = (where: string) =>
  new UsageError('is not an audit entry; the export is damaged here, or not in JSON Lines', where)

/** Reads checkpoints from a file outside the database. */
export const readCheckpoints = (file: string): readonly Checkpoint[] =>
  Array.from(linesOf(file, 'rollcall audit checkpoints'), ([value, where]) => {
    const wrapped = (value as { readonly checkpoint?: unknown } | null)?.checkpoint
    const parsed = checkpointShape.safeParse(wrapped ?? value)
    if (parsed.success) return parsed.data
    throw new UsageError('is not a checkpoint', where)
  })

type Line = { readonly entry: AuditEntry } | { readonly checkpoint: Checkpoint }

/** Reads an export line by line, so that its size does not matter. */
function* readExport(file: string): Generator<Line> {
  for (const [value, where] of linesOf(file, 'rollcall audit export')) {
    const line = value as { readonly fact?: unknown; readonly checkpoint?: unknown } | null
    const checkpoint = checkpointShape.safeParse(line?.checkpoint)
    if (checkpoint.success) yield { checkpoint: checkpoint.data }
    else if (typeof line?.fact === 'object' && line.fact !== null) yield { entry: value as AuditEntry }
    else throw damaged(where)
  }
}

/** The checkpoints of an export, which stand at its end, and the index of its first entry. */
function outlineOf(file: string) {
  const checkpoints: Checkpoint[] = []
  let begin: number | undefined
  for (const line of readExport(file))
    if ('checkpoint' in line) checkpoints.push(line.checkpoint)
    else begin ??= line.entry.index
  return { checkpoints, begin: begin ?? 1 }
}

/** The audit log that an export came from. */
export interface Origin {
  readonly auditHead: () => Promise<AuditEntry | undefined>
  readonly auditPage: (after: number, limit: number) => Promise<readonly AuditEntry[]>
  /** The public key of this installation. */
  readonly signingKey: () => Promise<string>
}
/** `warning`: what this installation cannot check about an export that is consistent in itself. */
export type ExportVerification = Verification & { readonly warning?: string }

const broken = (index: number, message: string): Verification => ({ ok: false, entries: index - 1, index, message })

/** Compares a consistent export with the database. Returns the contradiction, or undefined. */
async function contradictionTo(
  head: AuditEntry,
  begin: number,
  { entries: count, head: hash }: Extract<Verification, { readonly ok: true }>,
  origin: Origin,
): Promise<Verification | undefined> {
  if (count > head.index)
    return broken(
      head.index + 1,
      `The export has ${count} entries, the database ${head.index}: the database lost its newest entries, or belongs to another organization.`,
    )
  const [found] = count === 0 ? [] : await origin.auditPage(count - 1, 1)
  // When the database has lost its oldest entries, its first entry may come after the whole export.
  if (found?.index === count && found.hash !== hash)
    return broken(
      1,
      'The export is consistent, but it is not from this database: somebody rebuilt it, or it belongs to another organization.',
    )
  const [oldest] = await origin.auditPage(0, 1)
  if (oldest !== undefined && count > 0 && begin > oldest.index)
    return broken(
      oldest.index,
      `The export begins at entry ${begin}, the database at ${oldest.index}: somebody cut off its beginning.`,
    )
  if (count < head.index)
    return broken(
      count + 1,
      `The export ends at entry ${count}, the database at ${head.index}: somebody cut off its end, or it is older.`,
    )
  return undefined
}

const unconfirmed = (begin: number, key: string): string =>
  `The export begins at entry ${begin}, after a checkpoint signed with ${key}. Somebody may have cut off earlier entries and made that key. Compare it with the key that you wrote down, or give checkpoints that you kept elsewhere.`

/**
 * Verifies an export by itself, and against the database when that has entries. Then only the key of this installation
 * counts. Otherwise the key of the checkpoints that were kept elsewhere counts, or else the export's own.
 */
export async function verifyExport(
  file: string,
  origin: Origin,
  system: Pick<System, 'digest'>,
  kept: readonly Checkpoint[] = [],
): Promise<ExportVerification> {
  const { checkpoints, begin } = outlineOf(file)
  const [head, signed] = [await origin.auditHead(), [...kept, ...checkpoints]]
  const owner = head === undefined || signed.length === 0 ? signed[0]?.publicKey : await origin.signingKey()
  const judge = checkpointJudge(signed, ed25519, owner)
  async function* stream() {
    for (const line of readExport(file))
      if ('entry' in line) {
        judge.receive(line.entry)
        yield line.entry
      }
  }
  const verified = await verifyChain(stream(), system, prunedOf(checkpoints))
  if (!verified.ok) return verified
  const contradicted = await judge.verdict(begin, verified.entries)
  if (contradicted !== undefined) return contradicted
  if (head !== undefined) return (await contradictionTo(head, begin, verified, origin)) ?? verified
  const confirmed = begin === 1 || kept.length > 0 || owner === undefined
  return confirmed ? verified : { ...verified, warning: unconfirmed(begin, owner) }
}
