// The parts of Atlassian's responses that Rollcall reads: loose objects, nullable texts, open enums, no defaults.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/

import { z } from 'zod'

export const links = z.looseObject({ next: z.string().nullish() }).nullish()
const page = <Row extends z.ZodType>(row: Row) => z.looseObject({ data: z.array(row), links })

export const organizationResponse = z.looseObject({
  data: z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string() }) }),
})
export const organizationsResponse = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) })
export const directoriesResponse = page(z.looseObject({ directoryId: z.string(), name: z.string().nullish() }))
export const countResponse = z.looseObject({ count: z.number().int().min(0) })
export const workspacesResponse = page(
  z.looseObject({
    id: z.string(),
    attributes: z.looseObject({
      hostUrl: z.string().nullish(),
      capacity: z.number().nullish(),
      sandbox: z.looseObject({ type: z.string().nullish() }).nullish(),
      status: z.string().nullish(),
    }),
  }),
)
export const managedAccountsResponse = page(
  z.looseObject({
    account_id: z.unknown().optional(),
    last_active: z.unknown().optional(),
    product_access: z.unknown().optional(),
  }),
)
const userRoleRow = z
  .looseObject({
    directoryId: z.string().nullish(),
    userDirectoryStatus: z.string().nullish(),
    resourceId: z.string().nullish(),
    resourceOwner: z.string().nullish(),
    roles: z.array(z.string()).nullish(),
    roleAssignments: z
      .array(z.looseObject({ role: z.string(), roleAssignmentMethods: z.array(z.string()).nullish() }))
      .nullish(),
  })
  .refine(({ roles, roleAssignments }) => (roles ?? roleAssignments) != null, 'has no roles')
export type UserRoleRow = z.output<typeof userRoleRow>
export const userRolesResponse = page(userRoleRow)
export const groupsResponse = page(
  z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    directoryId: z.string(),
    managementAccess: z.looseObject({ modifiable: z.boolean().nullish() }).nullish(),
    externalSynced: z.boolean().nullish(),
    managedBy: z.string().nullish(),
    // Only a note that spares requests: an odd one counts as absent.
    counts: z.looseObject({ resources: z.number().nullish() }).nullish().catch(null),
  }),
)
export const groupRolesResponse = page(
  z.looseObject({
    resourceId: z.string(),
    resourceOwner: z.string().nullish(),
    roles: z.array(z.string()),
    defaultRole: z.string().nullish(),
  }),
)
export const tokensResponse = z.array(z.looseObject({ lastAccess: z.unknown().optional() }))
export const privilegesResponse = z.looseObject({
  'lifecycle.enablement': z.looseObject({ allowed: z.boolean(), reason: z.looseObject({ key: z.string() }).nullish() }),
})
