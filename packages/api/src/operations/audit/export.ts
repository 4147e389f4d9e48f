import { aliasOf, operation } from '../../operation.js'
import { csvPage as response } from '../../responses/csv-page.js'
import { auditTable, csvPage } from '../../tables.js'
import { inOrderQuery, searchOf, searchQuery } from './query.js'

export const searchAuditCsv = operation({
  method: 'get',
  path: '/csv/audit/search',
  role: 'auditor',
  summary: 'Export audit entries that match a search as CSV, newest first, a page at a time',
  query: searchQuery,
  response,
  async handler({ query }, { app }) {
    const { entries, next } = await app.searchAudit(searchOf(query))
    return csvPage(auditTable, entries, query.before === undefined, next)
  },
})

export const auditCsv = aliasOf(searchAuditCsv, {
  path: '/csv/audit',
  summary: 'Export audit entries as CSV, oldest first, a page at a time',
  query: inOrderQuery,
  response,
  async handler({ query: { after, limit } }, { app }) {
    const entries = await app.auditPage(after, limit)
    return csvPage(auditTable, entries, after === 0, entries.at(-1)?.index ?? null)
  },
})
