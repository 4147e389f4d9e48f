// The audit log as a file: JSON Lines (which verifies), CSV for spreadsheets, OCSF for a SIEM; and verifying an export.

import { formatInstant, UsageError, verifyChain, type AuditEntry, type System, type Verification } from '@rollcall/core'
import { readFileSync } from 'node:fs'
import { csvRow } from './csv.js'
import { ocsfEvent } from './ocsf.js'

interface ExportFormat {
  readonly head: string
  readonly line: (entry: AuditEntry) => string
}

const columns = [
  'index',
  'at',
  'actor',
  'event',
  'runId',
  'planId',
  'subject',
  'action',
  'outcome',
  'reason',
  'details',
  'hash',
]

const csvLine = ({ index, fact, hash }: AuditEntry): string => {
  const { at, actor, event, runId, planId, subject, action, outcome, reason, details } = fact
  const texts = [runId, planId, subject, action, outcome, reason].map((text) => text ?? '')
  const more = details === undefined ? '' : JSON.stringify(details)
  return csvRow([String(index), formatInstant(at), actor, event, ...texts, more, hash])
}

export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  jsonl: { head: '', line: (entry) => `${JSON.stringify(entry)}\n` },
  csv: { head: csvRow(columns), line: csvLine },
  ocsf: { head: '', line: (entry) => `${JSON.stringify(ocsfEvent(entry))}\n` },
}

function entriesOf(file: string): readonly AuditEntry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read. Give a file made by "rollcall audit export".`)
  }
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return []
    const damaged = new UsageError(
      'is not an audit entry; the export is damaged here, or not in JSON Lines',
      `${file}:${index + 1}`,
    )
    try {
      const entry = JSON.parse(line) as AuditEntry | null
      if (typeof entry?.fact !== 'object' || entry.fact === null) throw damaged
      return [entry]
    } catch {
      throw damaged
    }
  })
}

/** The audit log that an export was taken from. */
export interface Origin {
  readonly auditHead: () => Promise<AuditEntry | undefined>
  readonly auditPage: (after: number, limit: number) => Promise<readonly AuditEntry[]>
}

/** Verifies an export by itself, and against the log that it was taken from, where that has entries. */
export async function verifyExport(
  file: string,
  origin: Origin,
  system: Pick<System, 'digest'>,
): Promise<Verification> {
  const entries = entriesOf(file)
  async function* stream() {
    yield* entries
  }
  const verified = await verifyChain(stream(), system)
  const head = await origin.auditHead()
  if (!verified.ok || head === undefined) return verified
  const broken = (index: number, message: string): Verification => ({ ok: false, entries: index - 1, index, message })
  const { entries: count, head: hash } = verified
  const [same] = count === 0 ? [] : await origin.auditPage(count - 1, 1)
  if (count > head.index)
    return broken(
      head.index + 1,
      `The export has ${count} entries, the database ${head.index}: it lost its tail, or is another one.`,
    )
  if (same !== undefined && same.hash !== hash)
    return broken(
      1,
      'The export is a chain of its own, but not the one of this database: it was made anew, or is of another organization.',
    )
  if (count < head.index)
    return broken(
      count + 1,
      `The export ends at entry ${count}, the database at ${head.index}: its tail was cut, or it is older.`,
    )
  return verified
}
