// One sync at a time: who asks for another one meanwhile joins it, in this process by its promise, elsewhere by the store.

import type { Ports } from '../ports.js'
import type { Snapshot } from '../model/snapshot.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import { second } from '../model/time.js'
import { claimOn, endClaimOf } from './claim.js'
import { sync, type SyncProgress } from './sync.js'

const setting = 'syncing'
/** How long a claim lasts without a renewal, and how often a sync renews it: the process may have died. */
const [claimLasts, renewedAfter] = [30 * second, 10 * second]
const pause = second

/** Ends the sync of a process that has died. */
export const endSyncOf = (hasDied: (owner: string) => boolean, { store }: Pick<Ports, 'store'>): Promise<void> =>
  endClaimOf(setting, hasDied, store)

const newestId = async ({ store }: Ports) => (await store.snapshotHeads(1))[0]?.id

/** Syncs, or waits for the sync of another process and returns its snapshot. */
async function syncOrWait(
  owner: string,
  by: string,
  ports: Ports,
  onProgress: (progress: SyncProgress) => void,
  slice: TimeSlice,
): Promise<Snapshot> {
  const { store, system } = ports
  const claim = claimOn(setting, claimLasts, ports)
  const before = await newestId(ports)
  let mine = await claim.take(owner)
  const waited = mine === undefined
  while (mine === undefined) {
    if (isUsedUp(slice, ports)) throw new Unfinished(claimLasts)
    if ((await slice.yields?.()) === true) throw new Unfinished()
    await system.wait(pause)
    mine = await claim.take(owner)
  }
  let current = mine
  /** Renews the claim while pages arrive. */
  const renew = async (): Promise<void> => {
    if (system.now() + claimLasts - current.until >= renewedAfter) current = await claim.renew(owner, current)
  }
  let renewing = Promise.resolve()
  try {
    const [newest] = await store.snapshots(1)
    if (waited && newest !== undefined && newest.id !== before) return newest
    return await sync(
      ports,
      by,
      (progress) => {
        onProgress(progress)
        // A failed renewal only lets others begin; a later write of the sync reports what is wrong.
        renewing = renewing.then(renew).catch(() => undefined)
      },
      slice,
    )
  } finally {
    await renewing
    await claim.giveBack(current)
  }
}

/** A caller that waits for the sync of another one. It leaves when its own time slice ends, or when other work goes first. */
function createGuest(slice: TimeSlice, ports: Ports) {
  let leave: (reason: Unfinished) => void = () => undefined
  const left = new Promise<never>((_, reject) => (leave = reject))
  // It may leave after the sync has ended.
  left.catch(() => undefined)
  let hasLeft = false
  return {
    left,
    hasLeft: () => hasLeft,
    async check(): Promise<void> {
      hasLeft ||= isUsedUp(slice, ports) || (await slice.yields?.()) === true
      if (hasLeft) leave(new Unfinished())
    },
  }
}

/** Makes the sync of one process: calls at the same time share one. */
export function sharedSync(owner: string, ports: Ports) {
  const watchers = new Set<(progress: SyncProgress) => void>()
  const guests = new Set<ReturnType<typeof createGuest>>()
  const report = (progress: SyncProgress) => watchers.forEach((watch) => watch(progress))
  let running: Promise<Snapshot> | undefined
  /** The slice of the caller whose sync it is, which after every page also asks the others whether they leave. */
  const withGuests = (slice: TimeSlice): TimeSlice => ({
    ...slice,
    async yields() {
      for (const guest of guests) await guest.check()
      return (await slice.yields?.()) === true
    },
  })

  /** Joins the sync that runs, or begins one. Undefined when the slice of its caller has ended, and this one's has not. */
  async function syncOrJoin(by: string, slice: TimeSlice): Promise<Snapshot | undefined> {
    if (running === undefined)
      return (running = syncOrWait(owner, by, ports, report, withGuests(slice)).finally(() => (running = undefined)))
    const guest = createGuest(slice, ports)
    guests.add(guest)
    try {
      return await Promise.race([running, guest.left])
    } catch (failure) {
      if (failure instanceof Unfinished && !guest.hasLeft()) return undefined
      throw failure
    } finally {
      guests.delete(guest)
    }
  }

  return async (
    by: string,
    onProgress?: (progress: SyncProgress) => void,
    slice: TimeSlice = { until: Infinity },
  ): Promise<Snapshot> => {
    if (onProgress !== undefined) watchers.add(onProgress)
    try {
      for (;;) {
        const snapshot = await syncOrJoin(by, slice)
        if (snapshot !== undefined) return snapshot
      }
    } finally {
      if (onProgress !== undefined) watchers.delete(onProgress)
    }
  }
}
