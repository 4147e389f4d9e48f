// The overview: one screen's worth of where things stand, in JSON shapes.

import { nextOf } from './due.js'
import { availableSeats, type Snapshot } from './organization.js'
import { standingRefusals } from './approving.js'
import type { OrganizationId } from './ids.js'
import { urgentKeyWarnings } from './keys.js'
import { orUnreadable } from './errors.js'
import type { Ports } from './ports.js'
import { readRestDays } from './rest-days.js'
import { rollProgress } from './roll-progress.js'
import type { Run } from './run.js'
import { describeSchedule } from './schedule.js'
import { countsOf } from './step.js'
import { isStopped } from './stop-switch.js'
import { formatInstant } from './time.js'

/** Seats per site and product; capacity, used and available are null where Atlassian does not tell them. */
export const licensesOf = (snapshot: Snapshot | undefined) =>
  (snapshot?.seats ?? [])
    .filter(({ sandbox }) => !sandbox)
    .map((seats) => ({
      site: seats.site,
      product: seats.product,
      capacity: seats.capacity ?? null,
      used: seats.used ?? null,
      available: availableSeats(seats) ?? null,
    }))

async function peopleOf(snapshot: Snapshot, { store }: Ports) {
  const of = (status: 'active' | 'suspended' | 'deactivated') =>
    store.countAccounts({ snapshotId: snapshot.id, status })
  const [active, suspended, deactivated] = [await of('active'), await of('suspended'), await of('deactivated')]
  const total = snapshot.accounts
  return { active, suspended, deactivated, other: total - active - suspended - deactivated, total }
}

/** A run with its counts, in the shape that people and scripts read. */
export async function describeRun(run: Run, { store }: Ports) {
  const plan = await store.planHead(run.planId)
  const total = plan?.accounts ?? 0
  return {
    runId: run.runId,
    planId: run.planId,
    policy: plan?.policy ?? null,
    status: run.status,
    startedAt: formatInstant(run.startedAt),
    finishedAt: run.finishedAt === undefined ? null : formatInstant(run.finishedAt),
    stopReason: run.stopReason ?? null,
    undoOf: run.undoOf ?? null,
    restUntil: run.restUntil === undefined ? null : formatInstant(run.restUntil),
    refusals: run.refusals ?? [],
    total,
    counts: countsOf(await store.steps(run.runId), total),
  }
}

/** Plans that wait for a person, each with what refused it at the time. */
export async function waiting({ store }: Ports) {
  const runs = [...(await store.runsWith('quarantined')), ...(await store.runsWith('awaiting-approval'))]
  const found = []
  for (const run of runs) {
    const plan = await store.planHead(run.planId)
    if (plan !== undefined) found.push({ run, plan })
  }
  return found
}

async function latestPlan(organizationId: OrganizationId, ports: Ports) {
  const [plan] = await ports.store.plans(1)
  if (plan === undefined) return null
  const refusals = await standingRefusals(plan, organizationId, ports)
  return {
    planId: plan.planId,
    policy: plan.policy,
    createdAt: formatInstant(plan.createdAt),
    actions: plan.actions.length,
    spared: plan.spared.total,
    fingerprint: plan.fingerprint,
    refusals: refusals.map(({ code, message }) => ({ code, message })),
  }
}

/** Collects the overview. */
export async function overview(organizationId: OrganizationId, demo: boolean, ports: Ports) {
  const { store, auditLog, system } = ports
  const [snapshot] = await store.snapshots(1)
  const [run] = await store.runs(1)
  const policies = await store.policies()
  const rest = await orUnreadable(readRestDays(ports))
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
    roll: await rollProgress(ports),
    seats: licensesOf(snapshot),
    people: snapshot === undefined ? null : await peopleOf(snapshot, ports),
    latestPlan: await latestPlan(organizationId, ports),
    latestRun: run === undefined ? null : await describeRun(run, ports),
    schedules: policies.flatMap((stored) => {
      const { schedule } = stored.policy
      if (schedule === undefined) return []
      const next = nextOf(stored, system.now(), 'unreadable' in rest ? undefined : rest)
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
    restDays: rest,
    audit: { entries: (await auditLog.head())?.index ?? 0 },
    stopped: await isStopped(ports),
    notices: await urgentKeyWarnings(ports),
  }
}
