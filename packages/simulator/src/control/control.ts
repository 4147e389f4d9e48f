// The control surface under /_simulator, for tests only. The product never uses it.

import { setBehaviour } from '../world/behaviour.js'
import { ok, routingError, type ApiResponse } from '../http/responses.js'
import { faultKinds } from '../http/faults.js'
import { published, readLimit } from '../http/rate-limit.js'
import { trueState } from './true-state.js'
import type { Simulation } from '../simulation.js'
import { instant, activity, type Given, restoreByHand, useToken } from './accounts.js'

type ControlHandler = (site: Simulation, body: Given, method: string) => ApiResponse | string

const showOrganization: ControlHandler = ({ organization, clock }) => {
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

const setClock: ControlHandler = ({ clock }, body) => {
  const { set, advanceMs, freeze } = body
  if (set !== undefined && Number.isNaN(instant(set))) return 'set is not a date and time'
  if (advanceMs !== undefined && !Number.isSafeInteger(advanceMs)) return 'advanceMs is not a whole number'
  if (set !== undefined) clock.set(instant(set))
  if (advanceMs !== undefined) clock.advance(Number(advanceMs))
  if (freeze === true) clock.freeze()
  return ok({ now: new Date(clock.now()).toISOString() })
}

const controls: Readonly<Record<string, ControlHandler>> = {
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

/** Responds to a call to the control surface. */
export function control(method: string, path: string, body: Given | undefined, site: Simulation): ApiResponse {
  const { organization } = site
  const [, , what = '', id, verb] = path.split('/')
  const wrong = (message: string) => routingError(400, 'Bad Request', message, path)
  if (body === undefined) return wrong('The body is not a JSON object')
  const panel = Object.hasOwn(controls, what) ? controls[what] : undefined
  const nothing = routingError(404, 'Not Found', 'No such control', path)
  let answer: ApiResponse | string = nothing
  if (panel !== undefined) answer = panel(site, body, method)
  else if (what === 'accounts' && id === undefined)
    answer = ok({ accounts: organization.accounts.map((one) => trueState(one, organization)) })
  else if (what === 'accounts') {
    const account = organization.byId.get(decoded(id ?? ''))
    if (account === undefined) answer = nothing
    else if (verb === undefined) answer = ok(trueState(account, organization))
    else if (verb === 'activity') answer = activity(site, account, body)
    else if (verb === 'restore') answer = restoreByHand(site, account)
    else if (verb === 'token') answer = useToken(site, account, body)
  }
  return typeof answer === 'string' ? wrong(answer) : answer
}
