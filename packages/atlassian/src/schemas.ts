// What is read of Atlassian's answers: loose objects, nullable texts, open enums; nothing is defaulted.

import { parseInstant } from '@rollcall/core'
import { z } from 'zod'

const links = z.looseObject({ next: z.string().nullish() }).nullish()
const page = <Row extends z.ZodType>(row: Row) => z.looseObject({ data: z.array(row), links })

export const organizationAnswer = z.looseObject({
  data: z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string() }) }),
})
export const organizationsAnswer = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) })
export const directoriesAnswer = page(z.looseObject({ directoryId: z.string(), name: z.string().nullish() }))
export const countAnswer = z.looseObject({ count: z.number().int().min(0) })
export const workspacesAnswer = page(
  z.looseObject({
    id: z.string(),
    attributes: z.looseObject({
      hostUrl: z.string().nullish(),
      capacity: z.number().nullish(),
      sandbox: z.looseObject({ type: z.string().nullish() }).nullish(),
    }),
  }),
)
export const userRow = z.looseObject({
  accountId: z.string().min(1),
  accountType: z.string(),
  accountStatus: z.string(),
  membershipStatus: z.string(),
  addedToOrg: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  claimStatus: z.string(),
  managementSource: z.string().nullish(),
  platformRoles: z.array(z.string()),
  productAccess: z.array(z.looseObject({ id: z.string(), lastActiveTimestamp: z.string().nullish() })).nullish(),
  groups: z.array(z.looseObject({ id: z.string(), name: z.string() })),
})
export type UserRow = z.output<typeof userRow>
export const usersAnswer = page(userRow)
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
  .refine(({ roles, roleAssignments }) => (roles ?? roleAssignments) != null, 'tells no roles')
export type UserRoleRow = z.output<typeof userRoleRow>
export const userRolesAnswer = page(userRoleRow)
export const groupsAnswer = page(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    directoryId: z.string(),
    managementAccess: z.looseObject({ modifiable: z.boolean().nullish() }).nullish(),
    externalSynced: z.boolean().nullish(),
    managedBy: z.string().nullish(),
  }),
)
export const groupRolesAnswer = page(
  z.looseObject({
    resourceId: z.string(),
    resourceOwner: z.string().nullish(),
    roles: z.array(z.string()),
    defaultRole: z.string().nullish(),
  }),
)
const instant = z.string().transform((text, context) => {
  const at = parseInstant(text)
  if (at === undefined) context.addIssue({ code: 'custom', message: 'is no date' })
  return at ?? z.NEVER
})
export const tokensAnswer = z.array(z.looseObject({ lastAccess: instant.nullish() }))
export const privilegesAnswer = z.looseObject({
  'lifecycle.enablement': z.looseObject({ allowed: z.boolean(), reason: z.looseObject({ key: z.string() }).nullish() }),
})
