// The overview: the state of the organization on one screen, as JSON. Null means that Rollcall does not know.

import { begunStatuses } from '../model/run.js'
import { nextOf } from '../schedule/scheduler.js'
import { currentRefusals } from '../run/approve.js'
import type { OrganizationId } from '../model/ids.js'
import { urgentKeyWarnings } from '../settings/api-keys.js'
import { asReadResult } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { readNonWorkingDays } from '../settings/non-working-days.js'
import { syncProgress } from './sync-progress.js'
import { describeSchedule } from '../model/schedule.js'
import { isStopped } from '../settings/stop-switch.js'
import { formatInstant } from '../model/time.js'
import type { SnapshotHead } from '../model/snapshot.js'
import { licensesOf } from './licenses.js'
import { describeRun } from './describe-run.js'
import { listedRefusal } from './listed-refusal.js'

async function peopleOf(snapshot: SnapshotHead, { store }: Ports) {
  const of = (status: 'active' | 'suspended' | 'deactivated') =>
    store.countAccounts({ snapshotId: snapshot.id, status })
  const [active, suspended, deactivated] = [await of('active'), await of('suspended'), await of('deactivated')]
  const total = snapshot.accounts
  return { active, suspended, deactivated, other: total - active - suspended - deactivated, total }
}

async function latestPlan(organizationId: OrganizationId, ports: Ports) {
  const [plan] = await ports.store.plans(1)
  if (plan === undefined) return null
  const refusals = await currentRefusals(plan, organizationId, ports)
  return {
    planId: plan.planId,
    policy: plan.policy,
    createdAt: formatInstant(plan.createdAt),
    actions: plan.actions.length,
    spared: plan.excluded.total,
    fingerprint: plan.fingerprint,
    refusals: refusals.map(listedRefusal),
  }
}

/** Collects the overview. */
export async function overview(organizationId: OrganizationId, demo: boolean, ports: Ports) {
  const { store, auditLog, system } = ports
  const [snapshot] = await store.snapshotHeads(1)
  // A plan that needs approval or was blocked is no run yet: the list of runs has the same statuses.
  const [run] = (await store.listRuns({ limit: 1, statuses: begunStatuses })).runs
  const policies = await store.policies()
  const nonWorkingDays = await asReadResult(readNonWorkingDays(ports))
  return {
    organization: snapshot === undefined ? null : { id: snapshot.organization.id, name: snapshot.organization.name },
    demo,
    snapshot:
      snapshot?.asOf === undefined
        ? null
        : {
            id: snapshot.id,
            asOf: formatInstant(snapshot.asOf),
            complete: snapshot.complete,
            accounts: snapshot.accounts,
            expected: snapshot.expected,
          },
    roll: await syncProgress(ports),
    seats: licensesOf(snapshot),
    people: snapshot === undefined ? null : await peopleOf(snapshot, ports),
    latestPlan: await latestPlan(organizationId, ports),
    latestRun: run === undefined ? null : await describeRun(run, ports),
    schedules: policies.flatMap((stored) => {
      const { schedule } = stored.policy
      if (schedule === undefined) return []
      const next = nextOf(stored, system.now(), 'unreadable' in nonWorkingDays ? undefined : nonWorkingDays)
      return [
        {
          policy: stored.name,
          enabled: stored.enabled,
          next: next === undefined ? null : formatInstant(next),
          timeZone: schedule.timeZone,
          description: describeSchedule(schedule),
        },
      ]
    }),
    restDays: nonWorkingDays,
    audit: { entries: (await auditLog.head())?.index ?? 0 },
    stopped: await isStopped(ports),
    notices: await urgentKeyWarnings(ports),
  }
}
