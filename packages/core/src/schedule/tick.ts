// Tick: what a worker does each time it wakes. It keeps the audit log, advances undos, fires the schedules that are due
// and advances the other runs. It reports a piece of work that fails, and continues with the others. Both hosts call it.

import { isAuditKept } from './keep-daily.js'
import type { RunId } from '../model/ids.js'
import type { Run } from '../model/run.js'
import { isUsedUp, Unfinished, type TimeSlice } from '../model/time-slice.js'
import { second, type Instant } from '../model/time.js'
import type { Ports } from '../ports.js'
import { isDue, earliestRunTime } from './scheduler.js'

/** While another process holds the lease, the worker tries a run again after this long. */
const leaseTaken = 60 * second

export interface TickFailure {
  readonly piece: 'audit' | 'schedules' | 'run'
  /** The run that did not advance. */
  readonly runId?: RunId
  readonly failure: unknown
}

export interface TickOptions {
  /** The actor of the sync before an occurrence. */
  readonly by: string
  /** False: the tick only keeps the audit log. */
  readonly acts?: boolean
  readonly onFailure: (failure: TickFailure) => void
}

/** The time slice of one piece of work. A slice that is used up leaves the rest for the next tick. */
export type Slices = (piece: 'schedules' | 'run') => TimeSlice

/** When the worker has to wake, in milliseconds from now; undefined: it has nothing to wait for. */
export interface NextTick {
  /** When work that has begun continues. */
  readonly goesOnMs: number | undefined
  /** When the next schedule fires. */
  readonly firesInMs: number | undefined
}

export interface Ticked extends NextTick {
  /** Runs that the schedules made. */
  readonly fired: readonly Run[]
  /** Runs that this tick found executing. */
  readonly found: ReadonlySet<RunId>
}

/** The operations of the app that a tick calls. */
export interface TickWork {
  keepAudit(): Promise<void>
  fireDue(by: string, slice: TimeSlice): Promise<readonly Run[]>
  work(runId: RunId, slice: TimeSlice): Promise<Run | undefined>
}

const earliest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((ms) => ms !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

const untilPauseEnds = ({ restUntil = 0 }: Run, { system }: Ports): number => Math.max(0, restUntil - system.now())

async function untilNextRun(ports: Ports): Promise<number | undefined> {
  const next = await earliestRunTime(ports)
  return next === undefined ? undefined : Math.max(0, next - ports.system.now())
}

/** How many of the newest cancelled runs may still have an open request. */
const mostSettling = 20

/** Cancelled runs whose open request nobody has read back yet. */
async function settlingRuns({ store }: Ports): Promise<readonly Run[]> {
  const { runs } = await store.listRuns({ statuses: ['cancelled'], limit: mostSettling })
  return runs.filter(({ settling }) => settling === true)
}

/** Does everything that is due now, as far as the time slices allow. */
export async function tick(
  slice: Slices,
  { by, acts = true, onFailure }: TickOptions,
  app: TickWork,
  ports: Ports,
): Promise<Ticked> {
  const found = new Set<RunId>()
  const goesOn: (number | undefined)[] = []
  /** When to try a run again that could not advance: before that, nothing waits for it. */
  const notBefore = new Map<RunId, Instant>()
  const { system } = ports
  /** Resolves to undefined when the piece failed or its time slice was too short. */
  async function attempt<Result>(about: Omit<TickFailure, 'failure'>, act: () => Promise<Result>) {
    try {
      return { done: await act() }
    } catch (failure) {
      if (failure instanceof Unfinished) goesOn.push(failure.waitMs)
      else onFailure({ ...about, failure })
      return undefined
    }
  }
  async function advance(run: Run): Promise<void> {
    const own = slice('run')
    if (isUsedUp(own, ports)) return void goesOn.push(0)
    const advanced = await attempt({ piece: 'run', runId: run.runId }, () => app.work(run.runId, own))
    const done = advanced?.done
    const waits = done === undefined ? leaseTaken : untilPauseEnds(done, ports)
    notBefore.set(run.runId, system.now() + waits)
    if (advanced === undefined) return
    if (done === undefined || done.status === 'executing') goesOn.push(waits)
  }
  async function advanceAll(undo: boolean): Promise<void> {
    const runs = (await attempt({ piece: 'run' }, () => ports.store.runsWith('executing')))?.done ?? []
    for (const { runId } of runs) found.add(runId)
    for (const run of runs) if ((run.undoOf !== undefined) === undo) await advance(run)
  }
  await attempt({ piece: 'audit' }, () => app.keepAudit())
  for (const { runId } of (await attempt({ piece: 'run' }, () => settlingRuns(ports)))?.done ?? [])
    await attempt({ piece: 'run', runId }, () => app.work(runId, slice('run')))
  if (!acts) return { fired: [], found, goesOnMs: undefined, firesInMs: undefined }
  /** True while an undo could advance: a sync stops after its page, and continues after the undo. */
  const undoWaits = async (): Promise<boolean> => {
    const runs = await ports.store.runsWith('executing')
    return runs.some(({ runId, undoOf }) => undoOf !== undefined && (notBefore.get(runId) ?? 0) <= system.now())
  }
  async function fireAfterUndos() {
    for (;;) {
      await advanceAll(true)
      const own = slice('schedules')
      // If an undo has used up the slice, it continues before any schedule fires.
      if (isUsedUp(own, ports)) return undefined
      let yielded = false
      const yields = async () => (yielded ||= await undoWaits())
      const fired = await attempt({ piece: 'schedules' }, () => app.fireDue(by, { ...own, yields }))
      if (fired !== undefined || !yielded) return fired
    }
  }
  const fired = await fireAfterUndos()
  await advanceAll(false)
  return { fired: fired?.done ?? [], found, goesOnMs: earliest(goesOn), firesInMs: await untilNextRun(ports) }
}

/** When a sleeping worker has something to do. */
export async function nextTick(acts: boolean, ports: Ports): Promise<NextTick> {
  const kept = await isAuditKept(ports)
  if (!acts) return { goesOnMs: kept ? undefined : 0, firesInMs: undefined }
  const runs = (await ports.store.runsWith('executing')).map((run) => untilPauseEnds(run, ports))
  const due = !kept || (await settlingRuns(ports)).length > 0 || (await isDue(ports))
  return { goesOnMs: earliest([...runs, due ? 0 : undefined]), firesInMs: await untilNextRun(ports) }
}
