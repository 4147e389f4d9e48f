// The audit log as a file. JSON Lines hold every entry as it is chained, and the signed checkpoints after them: that file
// verifies by itself. CSV is for reading.
import { client } from '../host/client'
import { collectCsv } from '../parts/csv'

export type ExportFormat = 'jsonl' | 'csv'
const entriesPerAnswer = 500

/** Collects the file, and says after each page how many entries it has. */
export async function exportAudit(format: ExportFormat, onProgress: (entries: number) => void): Promise<string> {
  if (format === 'csv') return collectCsv('auditCsv', { limit: entriesPerAnswer }, onProgress)
  const parts: string[] = []
  let [after, count] = [0, 0]
  for (;;) {
    const entries = await client.ask('audit', { query: { after, limit: entriesPerAnswer } })
    const last = entries.at(-1)
    if (last === undefined) break
    parts.push(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    after = last.index
    count += entries.length
    onProgress(count)
  }
  for (const checkpoint of await client.ask('checkpoints')) parts.push(`${JSON.stringify({ checkpoint })}\n`)
  return parts.join('')
}
