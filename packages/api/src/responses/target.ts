// The target of an action. For an undo it contains the exact changes and the state that they restore.

import { z } from 'zod'

const accountId = z.string()
const directoryId = z.string()
const change = z.union([
  z.object({ kind: z.enum(['add-to-group', 'remove-from-group']), accountId, directoryId, groupId: z.string() }),
  z.object({ kind: z.enum(['suspend', 'restore']), accountId, directoryId }),
  z.object({ kind: z.enum(['deactivate', 'activate']), accountId }),
])
const accountState = z.object({
  accountStatus: z.string(),
  directories: z.array(z.object({ id: z.string(), status: z.string() })),
  groups: z.array(z.string()),
  platformRoles: z.array(z.string()),
  products: z.array(z.string()),
})

export const target = z.object({
  site: z.string().optional(),
  product: z.string().optional(),
  workspace: z.string().optional(),
  group: z.string().optional(),
  changes: z.array(change).optional(),
  before: accountState.optional(),
})
