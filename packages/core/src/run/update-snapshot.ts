// Updates the newest snapshot with the account that Rollcall has just read back, so that lists, licenses, charts and the
// next plan show what a run has changed without a new sync. The head's counts change by the difference.

import type { Account } from '../model/account.js'
import { holdsPaidSeat } from '../model/paid-seat.js'
import type { OrganizationId } from '../model/ids.js'
import type { InactivityCounts, SnapshotHead } from '../model/snapshot.js'
import type { Ports } from '../ports.js'
import { withEarlierActivity } from '../sync/carry-last-active.js'
import { whileAloneWith } from '../sync/counting.js'
import { countInactive, isInactiveAnywhere } from '../sync/inactivity-stats.js'
import type { Instant } from '../model/time.js'

/** Moves a count by what changed, and never below zero. */
const moved = (count: number, before: boolean, after: boolean): number =>
  Math.max(0, count + Number(after) - Number(before))

function movedCounts(counts: InactivityCounts, before: Account, after: Account, now: Instant): InactivityCounts {
  const [lost, gained] = [countInactive({}, [before], now), countInactive({}, [after], now)]
  const keys = new Set([...Object.keys(counts), ...Object.keys(gained)])
  const change = (known = 0, plus = 0, minus = 0): number => Math.max(0, known + plus - minus)
  return Object.fromEntries(
    [...keys].map((key) => {
      const { people, inactive } = counts[key] ?? { people: 0, inactive: gained[key]?.inactive.map(() => 0) ?? [] }
      return [
        key,
        {
          people: change(people, gained[key]?.people, lost[key]?.people),
          inactive: inactive.map((count, index) =>
            change(count, gained[key]?.inactive[index], lost[key]?.inactive[index]),
          ),
        },
      ]
    }),
  )
}

/** The head of a snapshot after one of its accounts was read again. */
function headAfter(head: SnapshotHead, before: Account, after: Account): SnapshotHead {
  const now = head.asOf ?? head.startedAt
  return {
    ...head,
    revision: (head.revision ?? 0) + 1,
    inactive: moved(head.inactive, isInactiveAnywhere(before, now), isInactiveAnywhere(after, now)),
    ...(head.inactiveIn === undefined ? {} : { inactiveIn: movedCounts(head.inactiveIn, before, after, now) }),
    seats: head.seats.map((seats) =>
      seats.used === undefined
        ? seats
        : { ...seats, used: moved(seats.used, holdsPaidSeat(before, seats.ari), holdsPaidSeat(after, seats.ari)) },
    ),
  }
}

/** Writes an account into one snapshot, and moves the counts of a finished one; a sync still counts the other. */
async function update(seen: Account, head: SnapshotHead, { store }: Ports): Promise<void> {
  const before = await store.account(head.id, seen.accountId)
  if (before === undefined) return
  const { lastActiveInAtlassian: _, ...read } = withEarlierActivity(seen, before, head.asOf ?? head.startedAt)
  const { lastActiveInAtlassian: listed } = before // only a list shows it, which this reading is not
  const after = listed === undefined ? read : { ...read, lastActiveInAtlassian: listed }
  await store.putAccounts(head.id, [after])
  if (head.asOf !== undefined) await store.putSnapshotHead(headAfter(head, before, after))
}

/**
 * Writes an account, as Rollcall has just read it, into the newest snapshot and into one that a sync is still reading. The
 * caller holds the lease. A repeated call changes no count.
 */
export async function updateSnapshot(seen: Account, organizationId: OrganizationId, ports: Ports): Promise<void> {
  const { store } = ports
  const updateAll = async (unfinished: SnapshotHead | undefined): Promise<void> => {
    for (const head of [...(await store.snapshotHeads(1)), ...(unfinished === undefined ? [] : [unfinished])])
      if (head.organization.id === organizationId) await update(seen, head, ports)
  }
  if ((await store.unfinishedSnapshot()) === undefined) return updateAll(undefined)
  await whileAloneWith(seen.accountId, ports, async () => updateAll(await store.unfinishedSnapshot()))
}
