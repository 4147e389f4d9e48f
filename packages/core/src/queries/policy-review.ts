// A policy while somebody edits it: its problems, its description, when it would run, and which accounts it would match.
// Rollcall stores nothing and makes no plan.

import { allowedAccounts } from '../model/hard-limits.js'
import { nextRunTime } from '../schedule/next-working-day.js'
import { UsageError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import { effectiveLimits } from '../model/limits.js'
import { viewExcluded } from './excluded-view.js'
import { describePolicy } from './policy-cards.js'
import type { Policy } from '../model/policy.js'
import type { Ports } from '../ports.js'
import { readNonWorkingDays, type NonWorkingDays } from '../settings/non-working-days.js'
import { nextOccurrence } from '../model/schedule.js'
import { formatInstant, type Instant } from '../model/time.js'
import { readLimits } from '../policy/organization-limits.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'
import { criteriaOf } from '../plan/criteria.js'
import { groupIdsOf } from '../sync/references.js'
import { draftFromFilter } from '../plan/draft-plan.js'
import { listProblems } from '../model/input-bounds.js'
import { documentOf, readPolicy } from '../policy/policy-document.js'

const datesShown = 5

/** The next times at which a policy would run if it were enabled now. */
function nextTimes(
  { schedule, approval }: Policy,
  now: Instant,
  nonWorkingDays: NonWorkingDays | undefined,
): readonly string[] {
  const times: string[] = []
  for (let after = now; schedule !== undefined && times.length < datesShown;) {
    // An automatic run waits for a working day; a request for approval may come on any day.
    const next =
      approval === 'automatic' && nonWorkingDays !== undefined
        ? nextRunTime(schedule, after, nonWorkingDays)?.at
        : nextOccurrence(schedule, after)
    if (next === undefined) break
    times.push(formatInstant(next))
    after = next
  }
  return times
}

/** An editor shows this many at most. */
const mostProblems = 50

/** Reads a policy document: returns its problems, or its description and next runs. */
export async function reviewPolicy(document: unknown, ports: Ports) {
  const read = readPolicy(document)
  if ('problems' in read) return { problems: read.problems.slice(0, mostProblems), review: null }
  const { policy } = read
  const nonWorkingDays = await readNonWorkingDays(ports).catch(() => undefined)
  const review = {
    document: documentOf(policy),
    says: describePolicy(policy),
    next: nextTimes(policy, ports.system.now(), nonWorkingDays),
    timeZone: policy.schedule?.timeZone ?? null,
  }
  return { problems: [], review }
}

/** Counts the accounts that a policy would change and exclude now. */
export async function tryPolicy(document: unknown, requesters: readonly AccountId[], ports: Ports) {
  const read = readPolicy(document)
  if ('problems' in read) throw new UsageError(listProblems(read.problems.map(({ message }) => message)))
  const {
    scope,
    group,
    conditions,
    limits,
    actions: [action],
  } = read.policy
  const snapshot = await newestSnapshot(ports)
  const groupIds = await groupIdsOf({ conditions, group }, snapshot, ports)
  const request = { action, scope, group, conditions, groupIds }
  const criteria = await criteriaOf(request, requesters, snapshot, ports.system.now(), ports)
  const {
    actions: matched,
    excluded,
    population,
  } = await draftFromFilter({ picked: undefined, limits, by: '' }, criteria, snapshot, ports)
  return {
    asOf: formatInstant(snapshot.asOf ?? snapshot.startedAt),
    matched: matched.length,
    spared: viewExcluded(excluded),
    population,
    /** How many accounts the limits allow, unless a person accepts more. */
    allowed: allowedAccounts({ population, limits: effectiveLimits(await readLimits(ports), limits) }),
  }
}
