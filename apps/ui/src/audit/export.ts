// The audit log as a file, page by page. JSON Lines hold every entry as it is chained, and the signed checkpoints after
// them: that file verifies by itself. CSV is for reading.
import type { AuditEntry } from '@rollcall/core'
import { client } from '../host/client'
import { csvOf } from '../parts/csv'

export type ExportFormat = 'jsonl' | 'csv'
const entriesPerAnswer = 500

const head = [
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

const rowOf = ({ index, fact, hash }: AuditEntry): readonly string[] => {
  const { at, actor, event, runId, planId, subject, action, outcome, reason, details } = fact
  const texts = [runId, planId, subject, action, outcome, reason].map((text) => text ?? '')
  const more = details === undefined ? '' : JSON.stringify(details)
  return [String(index), new Date(at).toISOString(), actor, event, ...texts, more, hash]
}

/** Collects the file, and says after each page how many entries it has. */
export async function exportAudit(format: ExportFormat, onProgress: (entries: number) => void): Promise<string> {
  const parts = format === 'csv' ? [csvOf([head])] : []
  let [after, count] = [0, 0]
  for (;;) {
    const entries = await client.ask('audit', { query: { after, limit: entriesPerAnswer } })
    const last = entries.at(-1)
    if (last === undefined) break
    parts.push(
      format === 'csv' ? csvOf(entries.map(rowOf)) : entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    )
    after = last.index
    count += entries.length
    onProgress(count)
  }
  if (format === 'jsonl')
    for (const checkpoint of await client.ask('checkpoints')) parts.push(`${JSON.stringify({ checkpoint })}\n`)
  return parts.join('')
}
