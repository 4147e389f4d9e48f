// The parts of Atlassian's responses that Rollcall reads: loose objects, nullable texts, open enums, no defaults.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/

import { z } from 'zod'

export const links = z.looseObject({ next: z.string().nullish() }).nullish()
const page = <Row extends z.ZodType>(row: Row) => z.looseObject({ data: z.array(row), links })
/** Rows that one odd row does not spoil. Only a list in which no row has an id is no page of such rows. */
const pageOfSome = <Row extends z.ZodType<{ readonly id: string }>>(row: Row) =>
  page(row).refine(({ data }) => data.length === 0 || data.some(({ id }) => id !== ''), {
    message: 'has no id',
    path: ['data', 0, 'id'],
  })
const textOrNull = z.string().nullish().catch(null)

export const organizationResponse = z.looseObject({
  data: z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string() }) }),
})
export const organizationsResponse = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) })
export const directoriesResponse = page(z.looseObject({ directoryId: textOrNull, name: textOrNull }))
export const countResponse = z.looseObject({ count: z.number().int().min(0) })
const unknownWorkspace = { hostUrl: null, capacity: null, sandbox: null, status: null }
/** An odd field of a workspace counts as one that Atlassian does not report. */
export const workspacesResponse = pageOfSome(
  z
    .looseObject({
      id: z.string().catch(''),
      attributes: z
        .looseObject({
          hostUrl: textOrNull,
          capacity: z.number().nullish().catch(null),
          sandbox: z.looseObject({ type: z.string().nullish() }).nullish().catch(null),
          status: textOrNull,
        })
        .catch(unknownWorkspace),
    })
    .catch({ id: '', attributes: unknownWorkspace }),
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
/** What stands for a group that cannot be read: nobody can join or leave it, and nobody knows what it grants. */
const unknownGroup = {
  id: '',
  name: null,
  directoryId: null,
  managementAccess: null,
  externalSynced: null,
  managedBy: null,
  counts: null,
}
/** An odd field of a group counts as the value with which Rollcall changes nothing. */
export const groupsResponse = page(
  z
    .looseObject({
      id: z.string().catch(''),
      name: textOrNull,
      directoryId: textOrNull,
      managementAccess: z.looseObject({ modifiable: z.boolean().nullish() }).nullish().catch(null),
      externalSynced: z.boolean().nullish().catch(true),
      managedBy: z.string().nullish().catch('external'),
      // Only a note that spares requests: an odd one counts as absent.
      counts: z.looseObject({ resources: z.number().nullish() }).nullish().catch(null),
    })
    .catch(unknownGroup),
)
const groupRole = z.looseObject({
  resourceId: z.string(),
  resourceOwner: z.string().nullish(),
  roles: z.array(z.string()),
  defaultRole: z.string().nullish(),
})
/** A row that cannot be read is null: what its group grants is unknown then. */
export const groupRolesResponse = page(groupRole.nullable().catch(null))
export const tokensResponse = z.array(z.looseObject({ lastAccess: z.unknown().optional() }))
export const privilegesResponse = z.looseObject({
  'lifecycle.enablement': z.looseObject({ allowed: z.boolean(), reason: z.looseObject({ key: z.string() }).nullish() }),
})
