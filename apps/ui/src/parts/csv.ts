// CSV files, page by page from the server, which escapes each cell for spreadsheets; and downloads.
import { client } from '../host/client'
import type { OperationInput } from '../host/transport'

type Query = NonNullable<OperationInput['query']>

/** The query parameter that each operation uses for the next page. */
const cursors = { accountsCsv: 'after', auditCsv: 'after', searchAuditCsv: 'before' } as const

/** Collects a whole file. Reports the number of rows after each page. */
export async function collectCsv(
  name: keyof typeof cursors,
  query: Query,
  onProgress: (rows: number) => void,
): Promise<string> {
  const parts: string[] = []
  let rows = 0
  for (let next: string | number | undefined; ;) {
    const page = await client.request(name, { query: { ...query, [cursors[name]]: next } })
    parts.push(page.text)
    rows += page.rows
    onProgress(rows)
    if (page.next === null) return parts.join('')
    next = page.next
  }
}

/** Downloads a text as a file. A byte order mark tells spreadsheets that a CSV file is UTF-8. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const mark = type === 'text/csv' ? '\uFEFF' : ''
  const url = URL.createObjectURL(new Blob([mark, text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
