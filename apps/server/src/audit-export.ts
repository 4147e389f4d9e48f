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

/** Verifies an export; `head` is the newest entry of the database that it was taken from. */
export async function verifyExport(
  file: string,
  head: AuditEntry | undefined,
  system: Pick<System, 'digest'>,
): Promise<Verification> {
  const entries = entriesOf(file)
  async function* stream() {
    yield* entries
  }
  const verified = await verifyChain(stream(), system)
  if (!verified.ok || head === undefined || verified.entries >= head.index) return verified
  const message = `The export ends at entry ${verified.entries}, the database at ${head.index}: its tail was cut, or it is older.`
  return { ok: false, entries: verified.entries, index: verified.entries + 1, message }
}
