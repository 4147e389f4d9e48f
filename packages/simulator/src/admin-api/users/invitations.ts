// Invitations give roles and groups to a new or an existing account.

import { giveDirectly, overCapacity } from '../../organization/access.js'
import { texts, type Call } from '../../http/call.js'
import { applicationError, ok, type ApiResponse } from '../../http/responses.js'
import type { Account, Grant, Group, Organization } from '../../organization/organization.js'
import { badRequest } from '../../http/paging.js'

interface Rule {
  readonly resource: string
  readonly role: string
}
const invited = { status: 'INVITED', statusReason: null }
const failed = (statusReason: string) => ({ status: 'ERROR', statusReason })

/** An ARI as it is written in invitations: `jira` stands for `jira-software`. */
const workspaceOf = ({ workspaces }: Organization, resource: string) =>
  workspaces.find(
    ({ ari }) => ari === resource || ari === resource.replace('ari:cloud:jira::', 'ari:cloud:jira-software::'),
  )

function newAccount({ organization, newIds, clock }: Call, email: string): Account {
  const name = email.split('@')[0] ?? email
  const domain = email.split('@')[1] ?? ''
  return {
    accountId: `712020:${newIds.uuid()}`,
    accountType: 'atlassian',
    name,
    nickname: name,
    email,
    managed: organization.domains.some((one) => one.name === domain && one.claim.status === 'verified'),
    synced: false,
    accountStatus: 'active',
    addedToOrg: clock.now(),
    jobTitle: null,
    department: null,
    memberships: new Map(),
    groups: new Set(),
    orgRoles: new Set(),
    direct: [],
    lastActive: new Map(),
    history: [],
    tokens: [],
    deactivatedAt: undefined,
    deletionAt: undefined,
  }
}

function inviteOne(call: Call, email: string, rules: readonly Rule[], groups: readonly string[]) {
  const { organization, changes } = call
  const known = organization.accounts.find((one) => one.email.toLowerCase() === email.toLowerCase())
  const account = known ?? newAccount(call, email)
  const join: Group[] = []
  const give: Grant[] = []
  const seats = (grants: readonly Grant[]) => overCapacity(account, grants, organization)
  const roleAssignmentResult = rules.map(({ resource, role }) => {
    const workspace = workspaceOf(organization, resource)
    const told = { resource, role }
    if (workspace === undefined) return { ...told, ...failed('Unknown resource') }
    const grant = { ari: workspace.ari, role, isDefault: false }
    if (seats([grant])) return { ...told, ...failed('Licence limit exceeded') }
    const home = [...organization.groups.values()].find(
      (one) =>
        !one.synced &&
        one.grants.some(({ ari, role: given, isDefault }) => ari === grant.ari && given === role && isDefault),
    )
    if (home === undefined) give.push(grant)
    else join.push(home)
    return { ...told, ...invited }
  })
  const groupAssignmentResult = groups.map((id) => {
    const group = organization.groups.get(id)
    if (group === undefined || group.synced) return { group: id, ...failed('Unknown or synced group') }
    if (seats(group.grants)) return { group: id, ...failed('Licence limit exceeded') }
    join.push(group)
    return { group: id, ...invited }
  })
  const first = organization.directories[0]?.id ?? ''
  const enter = () => {
    for (const id of new Set([first, ...join.map(({ directoryId }) => directoryId)]))
      if (!account.memberships.has(id)) account.memberships.set(id, { status: 'active' })
    for (const { id } of join) account.groups.add(id)
    for (const { ari, role } of give) giveDirectly(account, ari, role)
  }
  if (known !== undefined) changes.change(known, 'invite', enter)
  else {
    enter()
    changes.join(account)
  }
  const results = [{ roleAssignmentResult, groupAssignmentResult }]
  return { id: account.accountId, email, results }
}

/** POST /v2/orgs/{orgId}/users/invite: 206 when a role or a group could not be assigned. */
export function invite(call: Call): ApiResponse {
  const { body, behaviour } = call
  if (!behaviour.paid) return applicationError(402, 'ADMIN-UAM-402-1', 'Payment required')
  const emails = texts(body, 'emails') ?? []
  if (emails.length < 1 || emails.length > 25) return badRequest('emails takes 1 to 25 entries')
  if (emails.some((email) => !/^[^@\s]+@[^@\s]+$/.test(email))) return badRequest('emails holds something else')
  const given = body['permissionRules'] ?? []
  if (!Array.isArray(given)) return badRequest('permissionRules is a list')
  const rules = given.map((rule: unknown): Rule => {
    const { resource, role } = (typeof rule === 'object' && rule !== null ? rule : {}) as Record<string, unknown>
    return { resource: String(resource), role: String(role) }
  })
  const data = emails.map((email) => inviteOne(call, email, rules, texts(body, 'additionalGroups') ?? []))
  const partly = JSON.stringify(data).includes('"ERROR"')
  return partly ? { status: 206, body: { data } } : ok({ data })
}
