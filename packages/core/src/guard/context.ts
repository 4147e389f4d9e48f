// Collects the context of guard, as it is now.

import { snapshotsExamined } from '../sync/baseline.js'
import { spentWeeklyBudget } from './weekly-budget.js'
import type { GuardContext } from './check.js'
import { guard } from './guard.js'
import type { Moment } from './moment.js'
import type { OrganizationId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import { fingerprintOf } from '../model/plan-fingerprint.js'
import type { Refusal } from '../model/refusal.js'
import type { SnapshotHead } from '../model/snapshot.js'
import type { Ports } from '../ports.js'
import { protectionRules } from '../settings/confirmed-people.js'
import { isStopped } from '../settings/stop-switch.js'
import { gapOf, readMark } from '../audit/watermark.js'
import { readLimits } from '../policy/organization-limits.js'
import { protectedGroups } from '../model/protection.js'
import { protectedDigest, limitsDigest } from './digests.js'

/** How many snapshots the anomaly check compares with. */
const history = 7

/** True if a snapshot of the plan's organization is newer than the plan: it shows the organization as a preview can know it. */
const isLater = ({ organization, startedAt }: SnapshotHead, plan: Plan): boolean =>
  organization.id === plan.organization.id && startedAt > plan.createdAt

/** Collects the context of guard, as it is now. */
export async function guardContext(
  plan: Plan,
  { organizationId, connected }: Pick<GuardContext, 'organizationId' | 'connected'>,
  approved: string | undefined,
  ports: Ports,
): Promise<GuardContext> {
  const { store, system, directory } = ports
  const [newest, snapshot] = [await store.snapshotHeads(snapshotsExamined), await store.snapshotHead(plan.snapshotId)]
  const list = await protectionRules(ports).catch(() => undefined)
  const limits = await readLimits(ports).catch(() => undefined)
  // Read once, so that every check sees the same mark. An unreadable one is a gap, which refuses the plan.
  const mark = await readMark(ports)
  const reconciled = mark instanceof Error ? undefined : mark?.reconciled
  const [now, time] = [system.now(), directory.time()]
  return {
    now,
    unknownTime: time.kind === 'unknown' ? time : undefined,
    organizationId,
    connected: connected ?? newest.find((head) => isLater(head, plan))?.organization,
    snapshot,
    earlier: newest
      .filter(
        ({ organization, startedAt }) =>
          organization.id === plan.organization.id && startedAt < (snapshot?.startedAt ?? 0),
      )
      .slice(0, history),
    policy: plan.policy === null ? undefined : await store.policy(plan.policy),
    protectedDigest: list === undefined ? undefined : await protectedDigest(list, ports),
    protectedGroups: protectedGroups(list ?? [], now),
    limitsDigest: limits === undefined ? undefined : await limitsDigest(limits, ports),
    spent: await spentWeeklyBudget(plan, 'approved', reconciled, ports),
    gap: await gapOf(mark, ports),
    reconciled,
    stopped: await isStopped(ports),
    actualFingerprint: await fingerprintOf(plan, system),
    approved,
  }
}

/** Lists the current refusals of a stored plan, before anybody approves it. */
export const refusalsOf = async (
  plan: Plan,
  organizationId: OrganizationId,
  ports: Ports,
  moment: Moment = 'preview',
): Promise<readonly Refusal[]> =>
  guard(plan, await guardContext(plan, { organizationId, connected: undefined }, undefined, ports), moment)
