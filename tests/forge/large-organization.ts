// A sync and a run in a large organization inside Jira, while every tenth call to the platform fails.
// The simulator then reports which accounts really changed, and how often.

import type { Fault } from '@rollcall/forge-host'
import { planSeats } from './app.js'
import { openForgeWorld } from './world.js'

/** What the simulator and the app report afterwards. */
interface Outcome {
  readonly accounts: number
  readonly read: number
  readonly complete: boolean
  readonly planned: number
  readonly status: string
  readonly applied: number
  /** Accounts with more changes than needed, with fewer, and accounts outside the plan with any change. */
  readonly twice: number
  readonly incomplete: number
  readonly unplanned: number
  /** Whether the audit log verifies. */
  readonly verified: boolean
  readonly mebibytes: number
}

const everyTenth = 10
/** In turn: a refusal that passes, an error of the platform, a response that is lost after its effect. */
const kinds = ['rate-limited', 'error', 'cut'] as const

/** Every tenth call to storage, the database and the queue fails, in turn in each way. */
export const everyTenthCall: readonly Fault[] = [
  ...(['kvs', 'sql', 'events'] as const).flatMap((on) =>
    kinds.map((kind, turn): Fault => ({ on, kind, every: everyTenth * kinds.length, after: everyTenth * turn })),
  ),
  // Each of these takes half a minute, regardless of the organization's size.
  { on: 'sql', kind: 'time-out', every: 997, times: 1 },
  { on: 'delivery', kind: 'duplicate', every: 3 },
]

/** Atlassian rate-limits every tenth request; each costs a second or two. */
export const everyTenthRequest: Fault = { on: 'egress', kind: 'rate-limited', every: everyTenth }

/** Plays everything from the first sync to the end of a run over `take` accounts. */
export async function playLargeOrganization(
  users: number,
  take: number,
  faults: readonly Fault[],
  note: (text: string) => void,
) {
  const world = await openForgeWorld({ users, now: new Date().toISOString() })
  const { app, host, simulator } = world
  try {
    host.resetCounts()
    host.setFaults(faults)
    const snapshot = await app.sync('mia')
    note(`${snapshot.accounts} accounts read`)
    const { plan, expected } = await planSeats(app, simulator, { take, accounts: take })
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
    const difference = plan.actions.map(({ accountId }, at) => changes(accountId) - (expected[at] ?? 0))
    const planned = new Set<string>(plan.actions.map(({ accountId }) => accountId))
    const outcome: Outcome = {
      accounts: users,
      read: snapshot.accounts,
      complete: snapshot.complete,
      planned: plan.actions.length,
      status,
      applied: ended.applied,
      twice: difference.filter((more) => more > 0).length,
      incomplete: difference.filter((more) => more < 0).length,
      unplanned: [...simulator.organization.byId.keys()].filter((id) => !planned.has(id) && changes(id) > 0).length,
      verified: ok,
      mebibytes: Math.round(((await host.database?.bytes()) ?? 0) / 2 ** 20),
    }
    return { outcome, counts, limits: host.limits }
  } finally {
    await world.close()
  }
}
