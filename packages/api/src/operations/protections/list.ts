import type { ProtectionQuery } from '@rollcall/core'
import { z } from 'zod'
import { aliasOf, operation } from '../../operation.js'
import { coveredProtection, coveredShape, protectionList as response } from '../../responses/protection.js'
import { pageQuery } from '../page-query.js'

export const protectionList = operation({
  method: 'get',
  path: '/protections/list',
  role: 'viewer',
  summary: 'List the protected list with the names of accounts, a page at a time',
  query: z.object(pageQuery),
  response,
  long: true,
  handler: async ({ query }, { app }) => app.protectionList(query as ProtectionQuery),
})

export const protections = aliasOf(protectionList, {
  path: '/protections',
  summary: 'List the whole protected list',
  response: z.array(coveredProtection),
  handler: async (_, { app }) => (await app.coveredProtections()).map(coveredShape),
})
