// CSV files, page by page from the host, which writes each cell so that no spreadsheet executes it; and files for the browser.
import { client } from '../host/client'
import type { Asked } from '../host/transport'

type Query = NonNullable<Asked['query']>

/** What each file calls the place from which its next page goes on. */
const place = { accountsCsv: 'after', auditCsv: 'after', searchAuditCsv: 'before' } as const

/** Collects a whole file, and says after each page how many rows it has. */
export async function collectCsv(
  name: keyof typeof place,
  query: Query,
  onProgress: (rows: number) => void,
): Promise<string> {
  const parts: string[] = []
  let rows = 0
  for (let next: string | number | undefined; ;) {
    const page = await client.ask(name, { query: { ...query, [place[name]]: next } })
    parts.push(page.text)
    rows += page.rows
    onProgress(rows)
    if (page.next === null) return parts.join('')
    next = page.next
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
