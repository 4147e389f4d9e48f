// The control surface under /_simulator: what tests may see and do, and the product never uses.

import { grantedTo, hasAccess } from './access.js'
import type { Clock } from './clock.js'
import { ok, routingError, type Answer } from './errors.js'
import type { createFaults, Fault } from './faults.js'
import type { Account, Organization } from './organization.js'
import type { createRateLimiter, RateLimit } from './rate-limit.js'

export interface Control {
  readonly organization: Organization
  readonly clock: Clock
  readonly faults: ReturnType<typeof createFaults>
  readonly limiter: ReturnType<typeof createRateLimiter>
  readonly revoked: Set<string>
  readonly calls: { total: number; rateLimited: number; byPath: Record<string, number>; writes: unknown[] }
}

function truth(account: Account, organization: Organization) {
  const { accountId, name, email, managed, synced, accountStatus, addedToOrg, history } = account
  return {
    ...{ accountId, name, email, managed, synced, accountStatus, history },
    memberships: [...account.memberships].map(([directoryId, { status }]) => ({ directoryId, status })),
    groups: [...account.groups].map((id) => ({ id, name: organization.groups.get(id)?.name })),
    roles: [...account.orgRoles],
    lastActive: [...account.lastActive].map(([workspace, at]) => ({ workspace, at: new Date(at).toISOString() })),
    access: [...grantedTo(account, organization)].filter((ari) => hasAccess(account, ari, organization)),
    addedToOrg: new Date(addedToOrg).toISOString(),
    effectiveChanges: history.filter(({ by }) => by === 'api').length,
  }
}

function setClock({ clock }: Control, body: Readonly<Record<string, unknown>>): Answer {
  if (typeof body['set'] === 'string') clock.set(Date.parse(body['set']))
  if (typeof body['advanceMs'] === 'number') clock.advance(body['advanceMs'])
  if (body['freeze'] === true) clock.freeze()
  return ok({ now: new Date(clock.now()).toISOString() })
}

/** Answers a call to the control surface. */
export function control(method: string, path: string, body: Readonly<Record<string, unknown>>, site: Control): Answer {
  const { organization, clock, faults, limiter, calls, revoked } = site
  const [, , what, id, verb] = path.split('/')
  if (what === 'organization') {
    const { id: orgId, name, keys, directories, workspaces, groups, accounts } = organization
    const sites = [...new Map(workspaces.map(({ host, cloudId }) => [host, { host, cloudId }])).values()]
    const now = new Date(clock.now()).toISOString()
    return ok({
      organization: { id: orgId, name },
      sites,
      workspaces,
      directories,
      groups: [...groups.values()],
      keys,
      accounts: accounts.length,
      now,
    })
  }
  if (what === 'calls' && method === 'DELETE')
    Object.assign(calls, { total: 0, rateLimited: 0, byPath: {}, writes: [] })
  if (what === 'calls') return ok(calls)
  if (what === 'faults') {
    if (method === 'DELETE') faults.clear()
    return method === 'POST' ? ok({ id: faults.add(body as Partial<Fault>) }) : ok({ faults: faults.list() })
  }
  if (what === 'clock') return setClock(site, body)
  if (what === 'rate-limit') {
    limiter.set(typeof body['perWindow'] === 'number' ? (body as unknown as RateLimit) : undefined)
    return ok({})
  }
  if (what === 'keys') {
    const key = organization.keys[body['key'] as keyof Organization['keys']]
    if (body['revoked'] === true) revoked.add(key)
    else revoked.delete(key)
    return ok({})
  }
  if (what === 'accounts' && id === undefined)
    return ok({ accounts: organization.accounts.map((one) => truth(one, organization)) })
  const account = organization.byId.get(decodeURIComponent(id ?? ''))
  if (what !== 'accounts' || account === undefined) return routingError(404, 'Not Found', 'No such control', path)
  if (verb === 'activity') {
    const at = typeof body['at'] === 'string' ? Date.parse(body['at']) : clock.now()
    const everywhere = [...grantedTo(account, organization)]
    for (const ari of typeof body['workspace'] === 'string' ? [body['workspace']] : everywhere)
      account.lastActive.set(ari, at)
  }
  if (verb === 'restore')
    for (const membership of account.memberships.values()) {
      membership.status = 'active'
      account.history.push({ at: clock.now(), change: 'restore', by: 'person' })
    }
  return ok(truth(account, organization))
}
