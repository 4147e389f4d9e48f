// CSV files, page by page from the host, which writes each cell so that no spreadsheet executes it; and files for the browser.
import { client } from '../host/client'
import type { Asked } from '../host/transport'

type Query = NonNullable<Asked['query']>

/** Collects a whole file, and says after each page how many rows it has. */
export async function collectCsv(
  name: 'accountsCsv' | 'auditCsv',
  query: Query,
  onProgress: (rows: number) => void,
): Promise<string> {
  const parts: string[] = []
  let rows = 0
  for (let after: string | number | undefined; ;) {
    const page = await client.ask(name, { query: { ...query, after } })
    parts.push(page.text)
    rows += page.rows
    onProgress(rows)
    if (page.next === null) return parts.join('')
    after = page.next
  }
}

/** Offers a text as a file. The mark at its begin tells spreadsheets that it is UTF-8. */
export function download(name: string, text: string, type = 'text/csv'): void {
  const mark = type === 'text/csv' ? '\uFEFF' : ''
  const url = URL.createObjectURL(new Blob([mark, text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
