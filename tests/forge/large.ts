// A large organization inside Jira: the roll taken and a run carried out, while every tenth call to the platform fails.
// What came of it is asked of the simulator, which knows what was really changed, and how often.

import type { Fault } from '@rollcall/forge-host'
import { actingOf } from './app.js'
import { openForgeWorld } from './world.js'

/** What happened: sets of one are what is promised, empty sets are nobody. */
interface Outcome {
  readonly people: number
  readonly read: number
  readonly complete: boolean
  readonly planned: number
  readonly status: string
  readonly applied: number
  /** Accounts with more changes than they needed, with fewer, and those of no plan with any. */
  readonly twice: number
  readonly forgotten: number
  readonly others: number
  /** Whether the audit log verifies. */
  readonly verified: boolean
  readonly mebibytes: number
}

const everyTenth = 10
/** In turn: refused for the moment, an error of the platform, an answer that is lost after its effect. */
const kinds = ['rate-limited', 'error', 'cut'] as const

/** Every tenth call to storage, the database and the queue fails, in turn in each way. */
export const everyTenthCall: readonly Fault[] = [
  ...(['kvs', 'sql', 'events'] as const).flatMap((on) =>
    kinds.map((kind, turn): Fault => ({ on, kind, every: everyTenth * kinds.length, after: everyTenth * turn })),
  ),
  // These take half a minute each, whatever the size of the organization.
  { on: 'sql', kind: 'time-out', every: 997, times: 1 },
  { on: 'delivery', kind: 'duplicate', every: 3 },
]

/** Every tenth request to Atlassian is refused for the moment; each costs a second or two. */
export const everyTenthRequest: Fault = { on: 'egress', kind: 'rate-limited', every: everyTenth }

/** Plays it from the first synchronization to the end of a run over so many accounts. */
export async function playLarge(users: number, take: number, faults: readonly Fault[], note: (text: string) => void) {
  const world = await openForgeWorld({ users, now: new Date().toISOString() })
  const { app, host, simulator } = world
  try {
    host.resetCounts()
    host.setFaults(faults)
    const roll = await app.sync('mia')
    note(`${roll.accounts} accounts read`)
    const { plan, expected } = await actingOf(app, simulator, { take, accounts: take })
    note(`a plan for ${plan.actions.length} of ${plan.population} accounts`)
    const { planId, fingerprint } = plan
    const approved = await app.approve({ planId, fingerprint }, 'mia')
    if (!('run' in approved)) throw new Error(approved.refusals.map(({ message }) => message).join(' '))
    await app.work(approved.run.runId, { until: 0 })
    const { status, counts: ended } = await app.runStatus(approved.run.runId)
    note(`the run is ${status}`)
    const { ok } = (await app.verifyAudit()) as { readonly ok: boolean }
    const counts = host.counts()
    host.setFaults([])
    const changes = (id: string) =>
      simulator.organization.byId.get(id)?.history.filter(({ by }) => by === 'api').length ?? 0
    const touched = plan.actions.map(({ accountId }, at) => changes(accountId) - (expected[at] ?? 0))
    const planned = new Set<string>(plan.actions.map(({ accountId }) => accountId))
    const outcome: Outcome = {
      people: users,
      read: roll.accounts,
      complete: roll.complete,
      planned: plan.actions.length,
      status,
      applied: ended.applied,
      twice: touched.filter((more) => more > 0).length,
      forgotten: touched.filter((more) => more < 0).length,
      others: [...simulator.organization.byId.keys()].filter((id) => !planned.has(id) && changes(id) > 0).length,
      verified: ok,
      mebibytes: Math.round(((await host.database?.bytes()) ?? 0) / 2 ** 20),
    }
    return { outcome, counts, limits: host.limits }
  } finally {
    await world.close()
  }
}
