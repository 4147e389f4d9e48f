// The audit log as a file. JSON Lines contain each chained entry, then the signed checkpoints, so the file can be verified
// without the database. CSV is for reading.
import { client } from '../host/client'
import { collectCsv } from '../parts/csv'

export type ExportFormat = 'jsonl' | 'csv'
const entriesPerResponse = 500

/** Collects the file, and says after each page how many entries it has. */
export async function exportAudit(format: ExportFormat, onProgress: (entries: number) => void): Promise<string> {
  if (format === 'csv') return collectCsv('auditCsv', { limit: entriesPerResponse }, onProgress)
  const parts: string[] = []
  let [after, count] = [0, 0]
  for (;;) {
    const entries = await client.request('audit', { query: { after, limit: entriesPerResponse } })
    const last = entries.at(-1)
    if (last === undefined) break
    parts.push(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    after = last.index
    count += entries.length
    onProgress(count)
  }
  for (const checkpoint of await client.request('checkpoints')) parts.push(`${JSON.stringify({ checkpoint })}\n`)
  return parts.join('')
}
