// The control surface under /_simulator: what tests may see and do, and the product never uses.

import { setBehaviour } from '../world/behaviour.js'
import { ok, routingError, type Answer } from '../http/responses.js'
import { faultKinds } from '../http/faults.js'
import { published, readLimit } from '../http/rate-limit.js'
import { truth } from './true-state.js'
import type { Control } from '../simulation.js'
import { instant, activity, type Given, restoreByHand, useToken } from './accounts.js'

type Panel = (site: Control, body: Given, method: string) => Answer | string

const showOrganization: Panel = ({ organization, clock }) => {
  const { id, name, model, keys, directories, workspaces, groups, domains, accounts, others } = organization
  return ok({
    organization: { id, name, model },
    sites: [...new Map(workspaces.map(({ host, cloudId }) => [host, { host, cloudId }])).values()],
    workspaces,
    directories,
    domains,
    groups: [...groups.values()],
    keys,
    accounts: accounts.length,
    others: others.map(({ accountId, accountType, appType }) => ({ accountId, accountType, appType })),
    now: new Date(clock.now()).toISOString(),
  })
}

const setClock: Panel = ({ clock }, body) => {
  const { set, advanceMs, freeze } = body
  if (set !== undefined && Number.isNaN(instant(set))) return 'set is no instant'
  if (advanceMs !== undefined && !Number.isSafeInteger(advanceMs)) return 'advanceMs is no whole number'
  if (set !== undefined) clock.set(instant(set))
  if (advanceMs !== undefined) clock.advance(Number(advanceMs))
  if (freeze === true) clock.freeze()
  return ok({ now: new Date(clock.now()).toISOString() })
}

const panels: Readonly<Record<string, Panel>> = {
  organization: showOrganization,
  clock: setClock,
  calls: ({ calls }, _, method) => {
    if (method === 'DELETE') Object.assign(calls, { total: 0, rateLimited: 0, byPath: {}, writes: [] })
    return ok(calls)
  },
  faults: ({ faults }, body, method) => {
    if (method === 'DELETE') faults.clear()
    if (method !== 'POST') return ok({ faults: faults.list() })
    const id = faults.add(body)
    return id === undefined ? `a fault is one of ${faultKinds.join(', ')}, with whole numbers` : ok({ id })
  },
  'rate-limit': ({ limiter }, body) => {
    const limit = readLimit(body)
    if (limit === undefined && body['perWindow'] !== undefined) return 'perWindow and windowMs are whole numbers'
    limiter.set(limit !== undefined ? [limit] : body['published'] === true ? published : [])
    return ok({})
  },
  behaviour: ({ behaviour }, body) => {
    setBehaviour(behaviour, body)
    return ok(behaviour)
  },
  keys: ({ keyring, organization }, body) =>
    keyring.set(body) ? ok({}) : `key is one of ${Object.keys(organization.keys).join(', ')}`,
  workspaces: ({ organization }, body) => {
    const { ari, capacity } = body
    const workspace = organization.workspaces.find((one) => one.ari === ari)
    if (workspace === undefined) return 'ari names no workspace'
    if (capacity === null || (typeof capacity === 'number' && capacity >= 0)) workspace.capacity = capacity
    return ok({ ...workspace, used: organization.tally.seats(workspace.ari) })
  },
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Answers a call to the control surface. */
export function control(method: string, path: string, body: Given | undefined, site: Control): Answer {
  const { organization } = site
  const [, , what = '', id, verb] = path.split('/')
  const wrong = (message: string) => routingError(400, 'Bad Request', message, path)
  if (body === undefined) return wrong('The body is not a JSON object')
  const panel = Object.hasOwn(panels, what) ? panels[what] : undefined
  const nothing = routingError(404, 'Not Found', 'No such control', path)
  let answer: Answer | string = nothing
  if (panel !== undefined) answer = panel(site, body, method)
  else if (what === 'accounts' && id === undefined)
    answer = ok({ accounts: organization.accounts.map((one) => truth(one, organization)) })
  else if (what === 'accounts') {
    const account = organization.byId.get(decoded(id ?? ''))
    if (account === undefined) answer = nothing
    else if (verb === undefined) answer = ok(truth(account, organization))
    else if (verb === 'activity') answer = activity(site, account, body)
    else if (verb === 'restore') answer = restoreByHand(site, account)
    else if (verb === 'token') answer = useToken(site, account, body)
  }
  return typeof answer === 'string' ? wrong(answer) : answer
}
