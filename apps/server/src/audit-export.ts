// Verifying an export of the audit log: by itself, and against the database, so that a cut tail is found.

import { UsageError, verifyChain, type AuditEntry, type System, type Verification } from '@rollcall/core'
import { readFileSync } from 'node:fs'

function entriesOf(file: string): readonly AuditEntry[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read. Give a file made by "rollcall audit export".`)
  }
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return []
    try {
      return [JSON.parse(line) as AuditEntry]
    } catch {
      throw new UsageError('is not JSON; the export is damaged here', `${file}:${index + 1}`)
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
