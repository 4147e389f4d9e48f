// Policies as cards: what each does in words, when it runs next, and how its newest run went.

import { actions } from '../actions/index.js'
import { nextOf } from '../schedule/scheduler.js'
import type { Policy, StoredPolicy } from '../model/policy.js'
import { describeConditions } from '../policy/condition-tree.js'
import type { Ports } from '../ports.js'
import { readNonWorkingDays, type NonWorkingDays } from '../settings/non-working-days.js'
import { begunStatuses, type Run } from '../model/run.js'
import { describeSchedule } from '../model/schedule.js'
import { formatInstant } from '../model/time.js'
import { describeRun } from './describe-run.js'
import { documentOf } from '../policy/policy-document.js'

/** How many runs to read at once: few undos lie between two runs of a policy. */
const runsAtOnce = 5

/** Describes a policy in words: what it does, to which accounts, when. */
export function describePolicy({ scope, group, conditions, actions: [action], schedule }: Policy) {
  const place = scope === 'organization' ? {} : scope
  const target = { ...place, ...(group === undefined ? {} : { group }) }
  return {
    what: actions[action].describe(target),
    where: scope === 'organization' ? null : scope,
    who: describeConditions(conditions),
    when: schedule === undefined ? null : describeSchedule(schedule),
  }
}

/** The newest run of a policy that has begun; undo runs do not count. */
async function newestRun(policy: string, { store }: Ports): Promise<Run | undefined> {
  for (let after: string | undefined; ;) {
    const query = { policy, statuses: begunStatuses, limit: runsAtOnce }
    const { runs, next } = await store.listRuns(after === undefined ? query : { ...query, after })
    const found = runs.find(({ undoOf }) => undoOf === undefined)
    if (found !== undefined || next === undefined) return found
    after = next
  }
}

function cardOf(stored: StoredPolicy, now: number, nonWorkingDays: NonWorkingDays | undefined) {
  const { name, policy, enabled, version, previewedVersion } = stored
  const next = nextOf(stored, now, nonWorkingDays)
  return {
    name,
    enabled,
    version,
    says: describePolicy(policy),
    approval: policy.approval,
    document: documentOf(policy),
    previewed: previewedVersion === version,
    next: next === undefined ? null : formatInstant(next),
    timeZone: policy.schedule?.timeZone ?? null,
  }
}

/** Lists the policies, each with its newest run. */
export async function policyCards(ports: Ports) {
  const nonWorkingDays = await readNonWorkingDays(ports).catch(() => undefined)
  const cards = []
  for (const stored of await ports.store.policies()) {
    const run = await newestRun(stored.name, ports)
    const lastRun = run === undefined ? null : await describeRun(run, ports)
    cards.push({ ...cardOf(stored, ports.system.now(), nonWorkingDays), lastRun })
  }
  return cards
}
