// Filters users for searches and counts.

import { grantsOf, hasAccess, membershipOf, statusOf } from '../../organization/access.js'
import { refuse, texts, type Call } from '../../http/call.js'
import { readList, readWords } from '../../http/parameters.js'
import type { Account } from '../../organization/organization.js'
import { badRequest } from '../../http/paging.js'
import { isListed } from '../../organization/access.js'

const statuses = ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion']
type Test = (account: Account) => boolean

function setOf(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list)
}

/** A role on a resource; either may be absent. With `now` the account must also be able to use the resource. */
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

/** Makes the filter from parameters; refuses those that the contract forbids. */
export function userFilter(call: Call, parameters: Readonly<Record<string, unknown>>): Test {
  const { organization, behaviour, params } = call
  const tests: Test[] = []
  const add = (name: string, wanted: ReadonlySet<string> | undefined, read: (account: Account) => string) => {
    if (wanted !== undefined) tests.push((account) => wanted.has(read(account)))
  }
  const status = readWords(parameters, 'status', statuses)
  add('accountIds', setOf(readList(parameters, 'accountIds', 10)), ({ accountId }) => accountId)
  add('claimStatus', setOf(readWords(parameters, 'claimStatus', ['managed', 'unmanaged'])), ({ managed }) =>
    managed ? 'managed' : 'unmanaged',
  )
  add('status', setOf(status), statusOf)
  const accountStatuses = readWords(parameters, 'accountStatus', ['active', 'inactive', 'closed'])
  add('accountStatus', setOf(accountStatuses), ({ accountStatus }) => accountStatus)
  add(
    'membershipStatus',
    setOf(readWords(parameters, 'membershipStatus', ['active', 'suspended', 'no_membership'])),
    membershipOf,
  )
  add('emailDomains', setOf(readList(parameters, 'emailDomains', 10)), ({ email }) => email.split('@')[1] ?? '')
  add('emails', setOf(readList(parameters, 'emails', 100)), ({ email }) => email)
  add('mfaEnabled', setOf(texts(parameters, 'mfaEnabled')), ({ managed }) => String(managed))
  const groups = readList(parameters, 'groupIds', 10)
  if (groups !== undefined) tests.push((account) => groups.some((id) => account.groups.has(id)))
  const directories = readList(parameters, 'directoryIds', 10)
  if (directories !== undefined) tests.push(({ memberships }) => directories.some((id) => memberships.has(id)))
  const resources = setOf(readList(parameters, 'resourceIds', 20))
  const roles = roleTest(call, resources, setOf(readList(parameters, 'roleIds', 10)), status?.join() === 'active')
  if (roles !== undefined) tests.push(roles)
  const term = texts(parameters, 'searchTerm')?.[0]?.toLowerCase() ?? ''
  if (term !== '' && parameters['emails'] !== undefined)
    return refuse(badRequest('searchTerm and emails exclude each other'))
  if (term !== '')
    tests.push(({ name, email }) => name.toLowerCase().includes(term) || email.toLowerCase().includes(term))
  const directory = params['directoryId'] ?? '-'
  if (directory !== '-' && organization.directories.length > 1)
    tests.push(({ managed, memberships }) => managed || memberships.has(directory))
  return (account) =>
    (behaviour.listOthers && account.accountType !== 'atlassian' ? true : isListed(account)) &&
    tests.every((test) => test(account))
}
