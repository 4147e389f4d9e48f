// Policies as cards: what each does to whom in words, when it acts next, and how its newest run went.

import { actions } from './actions/index.js'
import { nextOf } from './due.js'
import { describeRun } from './overview.js'
import { documentOf } from './policies.js'
import { describeConditions, type Policy, type StoredPolicy } from './policy.js'
import type { Ports } from './ports.js'
import { readRestDays, type RestDays } from './rest-days.js'
import { describeSchedule } from './schedule.js'
import { formatInstant } from './time.js'

/** A plan is read whole for each: it holds every account that it touches. */
const runsLookedAt = 30

/** Says a policy in words: what, to whom, when. */
export function sayPolicy({ scope, group, conditions, actions: [action], schedule }: Policy) {
  const place = scope === 'organization' ? {} : scope
  const target = { ...place, ...(group === undefined ? {} : { group }) }
  return {
    what: action === undefined ? '' : actions[action].describe(target),
    where: scope === 'organization' ? null : scope,
    who: describeConditions(conditions),
    when: schedule === undefined ? null : describeSchedule(schedule),
  }
}

/** The newest run of each policy, among the newest runs of all. */
async function newestRuns(names: ReadonlySet<string>, { store }: Ports) {
  const newest = new Map<string, Awaited<ReturnType<typeof store.runs>>[number]>()
  for (const run of await store.runs(runsLookedAt)) {
    // What waits for a person, or never ran, is no run to tell of.
    if (!['executing', 'finished', 'stopped'].includes(run.status)) continue
    if (run.undoOf !== undefined) continue
    const policy = (await store.plan(run.planId))?.policy
    if (policy !== undefined && policy !== null && names.has(policy) && !newest.has(policy)) newest.set(policy, run)
    if (newest.size === names.size) break
  }
  return newest
}

function cardOf(stored: StoredPolicy, now: number, rest: RestDays | undefined) {
  const { name, policy, enabled, version, previewedVersion } = stored
  const next = nextOf(stored, now, rest)
  return {
    ...{ name, enabled, version, says: sayPolicy(policy), approval: policy.approval },
    document: documentOf(policy),
    previewed: previewedVersion === version,
    next: next === undefined ? null : formatInstant(next),
    timeZone: policy.schedule?.timeZone ?? null,
  }
}

/** Lists the policies, each with its newest run. */
export async function policyCards(ports: Ports) {
  const rest = await readRestDays(ports).catch(() => undefined)
  const policies = await ports.store.policies()
  const newest = await newestRuns(new Set(policies.map(({ name }) => name)), ports)
  const cards = []
  for (const stored of policies) {
    const run = newest.get(stored.name)
    const lastRun = run === undefined ? null : await describeRun(run, ports)
    cards.push({ ...cardOf(stored, ports.system.now(), rest), lastRun })
  }
  return cards
}
export type PolicyCard = Awaited<ReturnType<typeof policyCards>>[number]
