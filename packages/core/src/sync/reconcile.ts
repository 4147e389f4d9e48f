// Reconciling: a database that is older than what was done becomes the one that holds again. Atlassian is asked for the
// truth, what was forgotten is taken for the worst, and every policy waits until a person has looked at its plan.

import { UsageError } from '../model/errors.js'
import type { OrganizationId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import type { TimeSlice } from '../model/time-slice.js'
import { sync } from './sync.js'
import { minute, type Instant } from '../model/time.js'
import { findGap } from '../audit/watermark.js'
import { chargeOfLost } from './lost-entries.js'
import type { Gap } from '../audit/gap.js'
import type { Mark } from '../model/mark.js'

/** What holds after a reconciliation, for the admin. */
export function reconciledNote({ end, lost }: Gap): string {
  const [missing, counts] =
    lost === undefined
      ? [`How much is missing after entry ${end} cannot be told`, 'the budget is spent']
      : [
          `After entry ${end} of the audit log, ${lost} more are missing`,
          'each of them counts as one account of the budget',
        ]
  return `${missing}; for 7 days ${counts}. What was set since then is gone as well: look at policies, protected list, limits and vetoes. Plans from before are refused, and no policy runs by itself until somebody has looked at a plan of it.`
}

/** The mark, with a note of what was found, so that a second try knows what the first one saw. */
async function noted(gap: Gap, { watermark, system }: Ports): Promise<Mark & Required<Pick<Mark, 'found'>>> {
  const mark = (await watermark.read()) ?? { index: 0, hash: '' }
  const found = mark.found ?? { at: system.now(), end: gap.end }
  const next = { ...mark, found }
  await watermark.replace(next)
  return next
}

/** Losses of one week add up; of an unknown number the sum is unknown. */
function lostInAll(gap: Gap, { reconciled }: Mark, now: Instant): number | null {
  const before = chargeOfLost(reconciled, now)
  return gap.lost === undefined || before === Infinity ? null : gap.lost + before
}

/** Syncs the whole right organization, from after the loss was found; returns when the snapshot was complete. */
async function syncWhole(
  by: string,
  wanted: OrganizationId,
  since: Instant,
  budget: TimeSlice | undefined,
  ports: Ports,
): Promise<Instant> {
  const { store } = ports
  const unfinished = await store.unfinishedSnapshot()
  if (unfinished !== undefined && unfinished.startedAt < since)
    await store.putSnapshot({ ...unfinished, cursor: undefined, listed: false })
  const { complete, organization, asOf = since } = await sync(ports, by, undefined, budget)
  if (organization.id !== wanted)
    throw new UsageError(
      `Atlassian answers for ${organization.name} (${organization.id}). Connect ${wanted}, then reconcile.`,
    )
  if (!complete)
    throw new UsageError('Atlassian did not list every account, so nothing is reconciled yet.', undefined, 'reconcile')
  return asOf
}

/** Dates a reconciliation anew that a clock ahead had dated: it would refuse every plan until that is true. */
async function mendDate({ watermark, directory, system }: Ports): Promise<void> {
  const mark = await watermark.read()
  const isAhead = () => (mark?.reconciled?.at ?? -Infinity) > system.now() + minute
  if (!isAhead()) return
  await directory.organization() // it may be this machine's clock that is behind: Atlassian tells
  if (mark?.reconciled !== undefined && isAhead())
    await watermark.replace({ ...mark, reconciled: { ...mark.reconciled, at: system.now() } })
}

/**
 * Reconciles, if the database is older than what was done; undefined when it is not. Takes the roll, which also finds
 * whom people have given back since; the watermark comes last, so that one that was cut off is begun again.
 */
export async function reconcile(
  by: string,
  organizationId: OrganizationId,
  ports: Ports,
  budget?: TimeSlice,
): Promise<Gap | undefined> {
  const { store, auditLog, watermark, directory, system } = ports
  const gap = await findGap(ports)
  if (gap === undefined) {
    await mendDate(ports)
    return undefined
  }
  if (gap.unreadable !== undefined) throw new UsageError(gap.unreadable)
  await directory.organization() // Atlassian tells the time before anything is dated
  const mark = await noted(gap, ports)
  const asOf = await syncWhole(by, organizationId, mark.found.at, budget, ports)
  for (const { name } of await store.policies()) await store.markPolicy(name, { previewedVersion: '' })
  // A clock that is set back meanwhile lets no plan from before pass.
  const at = Math.max(system.now(), asOf)
  const lost = lostInAll(gap, mark, at)
  const details = { end: gap.end, lost, index: mark.index, hash: mark.hash }
  const { index, hash } = await auditLog.append({ at, actor: by, event: 'reconciled', details })
  await watermark.replace({ index, hash, reconciled: { at, lost } })
  return gap
}
