// Which users a search or a count is about.

import { grantsOf, hasAccess, membershipOf, statusOf } from '../../organization/access.js'
import { refuse, texts, type Call } from '../../http/call.js'
import { listOf, wordsOf } from '../../http/parameters.js'
import type { Account } from '../../organization/organization.js'
import { badRequest } from '../../http/paging.js'
import { listed } from '../../organization/access.js'

const statuses = ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion']
type Test = (account: Account) => boolean

function setOf(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list)
}

/** A role on a resource, either of them left open; who is asked for as active must be able to use it. */
function roleTest(
  { organization }: Call,
  resources: ReadonlySet<string> | undefined,
  roles: ReadonlySet<string> | undefined,
  now: boolean,
): Test | undefined {
  if (resources === undefined && roles === undefined) return undefined
  return (account) => {
    for (const { ari, role } of grantsOf(account, organization))
      if (
        (resources?.has(ari) ?? true) &&
        (roles?.has(role) ?? true) &&
        (!now || resources === undefined || hasAccess(account, ari, organization))
      )
        return true
    if (resources !== undefined || roles === undefined) return false
    for (const role of account.orgRoles) if (roles.has(role)) return true
    return false
  }
}

/** Makes the test of what was asked; refuses what the contract does not allow. */
export function userFilter(call: Call, asked: Readonly<Record<string, unknown>>): Test {
  const { organization, behaviour, params } = call
  const tests: Test[] = []
  const add = (name: string, wanted: ReadonlySet<string> | undefined, read: (account: Account) => string) => {
    if (wanted !== undefined) tests.push((account) => wanted.has(read(account)))
  }
  const status = wordsOf(asked, 'status', statuses)
  add('accountIds', setOf(listOf(asked, 'accountIds', 10)), ({ accountId }) => accountId)
  add('claimStatus', setOf(wordsOf(asked, 'claimStatus', ['managed', 'unmanaged'])), ({ managed }) =>
    managed ? 'managed' : 'unmanaged',
  )
  add('status', setOf(status), statusOf)
  const standings = wordsOf(asked, 'accountStatus', ['active', 'inactive', 'closed'])
  add('accountStatus', setOf(standings), ({ accountStatus }) => accountStatus)
  add(
    'membershipStatus',
    setOf(wordsOf(asked, 'membershipStatus', ['active', 'suspended', 'no_membership'])),
    membershipOf,
  )
  add('emailDomains', setOf(listOf(asked, 'emailDomains', 10)), ({ email }) => email.split('@')[1] ?? '')
  add('emails', setOf(listOf(asked, 'emails', 100)), ({ email }) => email)
  add('mfaEnabled', setOf(texts(asked, 'mfaEnabled')), ({ managed }) => String(managed))
  const groups = listOf(asked, 'groupIds', 10)
  if (groups !== undefined) tests.push((account) => groups.some((id) => account.groups.has(id)))
  const directories = listOf(asked, 'directoryIds', 10)
  if (directories !== undefined) tests.push(({ memberships }) => directories.some((id) => memberships.has(id)))
  const resources = setOf(listOf(asked, 'resourceIds', 20))
  const roles = roleTest(call, resources, setOf(listOf(asked, 'roleIds', 10)), status?.join() === 'active')
  if (roles !== undefined) tests.push(roles)
  const term = texts(asked, 'searchTerm')?.[0]?.toLowerCase() ?? ''
  if (term !== '' && asked['emails'] !== undefined)
    return refuse(badRequest('searchTerm and emails exclude each other'))
  if (term !== '')
    tests.push(({ name, email }) => name.toLowerCase().includes(term) || email.toLowerCase().includes(term))
  const directory = params['directoryId'] ?? '-'
  if (directory !== '-' && organization.directories.length > 1)
    tests.push(({ managed, memberships }) => managed || memberships.has(directory))
  return (account) =>
    (behaviour.listOthers && account.accountType !== 'atlassian' ? true : listed(account)) &&
    tests.every((test) => test(account))
}
