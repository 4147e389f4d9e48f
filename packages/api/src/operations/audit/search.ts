import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { auditEntry, auditFound } from '../../responses/audit.js'
import { inOrderQuery, searchOf, searchQuery } from './query.js'

export const searchAudit = operation({
  method: 'get',
  path: '/audit/search',
  role: 'viewer',
  summary: 'Search the audit log, newest entries first, a page at a time',
  query: searchQuery,
  response: auditFound,
  handler: async ({ query }, { app }) => app.searchAudit(searchOf(query)),
})

export const audit = aliasOf(searchAudit, {
  path: '/audit',
  summary: 'List audit entries, oldest first, a page at a time',
  query: inOrderQuery,
  response: z.array(auditEntry),
  handler: async ({ query: { after, limit } }, { app }) => app.auditPage(after, limit),
})
