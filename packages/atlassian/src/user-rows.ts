// Reads the rows of users/search one by one: a field that is missing or odd makes one account unknown in that respect, and
// stops nothing else. Only a list without a single account id is no page of accounts.

import { z } from 'zod'
import { links } from './schemas.js'

const group = z.looseObject({ id: z.string(), name: z.string() })
const fields = {
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
  groups: z.array(group),
}
const whole = z.object(fields)
type Fields = z.output<typeof whole>

/** What stands for a field that cannot be read. Nothing here lets Rollcall change the account. */
const unknown: Fields = {
  accountType: 'unknown',
  accountStatus: 'unknown',
  membershipStatus: 'unknown',
  addedToOrg: null,
  name: null,
  email: null,
  claimStatus: 'unknown',
  managementSource: null,
  platformRoles: [],
  productAccess: null,
  groups: [],
}

const someGroups = z.array(z.unknown()).catch([])
const namelessGroup = z.looseObject({ id: z.string(), name: z.string().catch('') })
/** The readable groups of a list that has odd ones: an entry that protects one of them still protects the account. */
const groupsIn = (value: unknown) =>
  someGroups.parse(value).flatMap((one) => {
    const read = namelessGroup.safeParse(one)
    return read.success ? [read.data] : []
  })
const rolesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

function readFields(row: Readonly<Record<string, unknown>>): Fields & { readonly unreadable?: readonly string[] } {
  const all = whole.safeParse(row)
  if (all.success) return all.data
  const unreadable = [...new Set(all.error.issues.map(({ path }) => String(path[0])))]
  const replaced = Object.fromEntries(unreadable.map((name) => [name, unknown[name as keyof Fields]]))
  const read = whole.parse({ ...row, ...replaced })
  return {
    ...read,
    platformRoles: unreadable.includes('platformRoles') ? [...rolesIn(row['platformRoles'])] : read.platformRoles,
    groups: unreadable.includes('groups') ? groupsIn(row['groups']) : read.groups,
    unreadable,
  }
}

export const userRow = z
  .looseObject({ accountId: z.string().min(1) })
  .transform((row) => ({ accountId: row.accountId, ...readFields(row) }))
export type UserRow = z.output<typeof userRow>

const userRows = z.array(z.unknown()).transform((rows, context) => {
  const read = rows.flatMap((row) => {
    const one = userRow.safeParse(row)
    return one.success ? [one.data] : []
  })
  if (rows.length === 0 || read.length > 0) return read
  context.addIssue({ code: 'custom', message: 'has no account id', path: [0, 'accountId'] })
  return z.NEVER
})
export const usersResponse = z.looseObject({ data: userRows, links })
