// Reconcile: makes a database usable again that is out of date. Rollcall syncs, assumes that each lost entry was a change,
// and runs no policy on its schedule until somebody has previewed it.

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

/** Tells the admin the consequences of a reconciliation. */
export function reconciledNote({ end, lost }: Gap): string {
  const loss =
    lost === undefined
      ? `The number of audit entries that are missing after entry ${end} is unknown. For 7 days, the weekly budget is used up.`
      : `After entry ${end} of the audit log, ${lost} more are missing. For 7 days, each of them counts as one account of the weekly budget.`
  return `${loss} Later settings are lost as well: check policies, protected list, limits and exemptions. Guard refuses earlier plans, and no policy runs on its schedule until somebody has previewed it.`
}

/** Stores in the mark what Rollcall found, so that a second attempt knows what the first one found. */
async function noted(gap: Gap, { watermark, system }: Ports): Promise<Mark & Required<Pick<Mark, 'found'>>> {
  const mark = (await watermark.read()) ?? { index: 0, hash: '' }
  const found = mark.found ?? { at: system.now(), end: gap.end }
  const next = { ...mark, found }
  await watermark.replace(next)
  return next
}

/** The losses of one week, added up; null when one of them is unknown. */
function lostInAll(gap: Gap, { reconciled }: Mark, now: Instant): number | null {
  const before = chargeOfLost(reconciled, now)
  return gap.lost === undefined || before === Infinity ? null : gap.lost + before
}

/** Syncs everything again, unless a sync has begun after `since`. Returns the time of the snapshot, which must be complete. */
async function syncWhole(
  by: string,
  wanted: OrganizationId,
  since: Instant,
  slice: TimeSlice | undefined,
  ports: Ports,
): Promise<Instant> {
  const { store } = ports
  const unfinished = await store.unfinishedSnapshot()
  if (unfinished !== undefined && unfinished.startedAt < since)
    await store.putSnapshot({ ...unfinished, cursor: undefined, listed: false })
  const { complete, organization, asOf = since } = await sync(ports, by, undefined, slice)
  if (organization.id !== wanted)
    throw new UsageError(
      `The API key belongs to ${organization.name} (${organization.id}). Connect ${wanted}, then reconcile.`,
    )
  if (!complete)
    throw new UsageError(
      'Atlassian did not list every account, so the database is not reconciled yet.',
      undefined,
      'reconcile',
    )
  return asOf
}

/** Corrects the date of a reconciliation that a fast clock set in the future: guard would refuse all plans until then. */
async function correctDate({ watermark, directory, system }: Ports): Promise<void> {
  const mark = await watermark.read()
  const isAhead = () => (mark?.reconciled?.at ?? -Infinity) > system.now() + minute
  if (!isAhead()) return
  await directory.organization() // this machine's clock may be slow: the response brings Atlassian's time
  if (mark?.reconciled !== undefined && isAhead())
    await watermark.replace({ ...mark, reconciled: { ...mark.reconciled, at: system.now() } })
}

/**
 * Reconciles a database that is out of date; returns undefined when it is not. The sync also finds access that people have
 * restored since. The watermark comes last: after an interruption, the next call starts again.
 */
export async function reconcile(
  by: string,
  organizationId: OrganizationId,
  ports: Ports,
  slice?: TimeSlice,
): Promise<Gap | undefined> {
  const { store, auditLog, watermark, directory, system } = ports
  const gap = await findGap(ports)
  if (gap === undefined) {
    await correctDate(ports)
    return undefined
  }
  if (gap.unreadable !== undefined) throw new UsageError(gap.unreadable)
  await directory.organization() // brings Atlassian's time before Rollcall dates anything
  const mark = await noted(gap, ports)
  const asOf = await syncWhole(by, organizationId, mark.found.at, slice, ports)
  for (const { name } of await store.policies()) await store.setPolicyState(name, { previewedVersion: '' })
  // Guard must refuse earlier plans even if somebody sets the clock back meanwhile.
  const at = Math.max(system.now(), asOf)
  const lost = lostInAll(gap, mark, at)
  const details = { end: gap.end, lost, index: mark.index, hash: mark.hash }
  const { index, hash } = await auditLog.append({ at, actor: by, event: 'reconciled', details })
  await watermark.replace({ index, hash, reconciled: { at, lost } })
  return gap
}
