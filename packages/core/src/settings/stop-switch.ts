// The stop switch: when somebody turns it on, at most the request in flight finishes.

import { DirectoryError, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { System } from '../model/system.js'
import { second } from '../model/time.js'

const setting = 'stopped'
/** A wait checks the switch this often, in milliseconds. */
const interval = second

type Switch = Pick<Ports, 'store' | 'stopMark'>

/** How often Rollcall tries to write the entry of a stop while another process keeps the database locked. */
const entryTries = 600

/** True if the switch or the mark is on. An unknown stored value counts as on, because that is the safe side. */
export async function isStopped({ store, stopMark }: Switch): Promise<boolean> {
  if ((await stopMark?.read()) !== undefined) return true
  const stored = await store.setting(setting)
  return stored !== undefined && stored !== 'no' && !stored.startsWith('no ')
}

/** True if another process kept the database locked. */
const isLocked = (failure: unknown): boolean => failure instanceof Error && 'code' in failure && failure.code === 'busy'

/** Logs a stop, then stores it. */
async function record(by: string, value: string, tries: number, { store, auditLog, system }: Ports): Promise<void> {
  const at = system.now()
  for (let [tried, logged] = [1, false]; ; tried += 1)
    try {
      if (!logged) await auditLog.append({ at, actor: by, event: 'stopped' })
      logged = true
      return await store.putSetting(setting, value)
    } catch (failure) {
      // The store has waited for the lock already.
      if (tried === tries || !isLocked(failure)) throw failure
    }
}

/** A stop that is in force. `following` ends when log and database have it, too; undefined when they have it already. */
export interface Stopped {
  readonly following: Promise<void> | undefined
}

/**
 * Turns the switch on: first the mark, which needs no lock, then the log and the store. Each value is new, so that `resume`
 * cannot undo a stop that it has not seen.
 */
export async function stop(by: string, ports: Ports): Promise<Stopped> {
  const { stopMark, system } = ports
  const value = `yes ${system.newId()}`
  const raised = await stopMark?.raise(value).then(
    () => true,
    () => false,
  )
  const recorded = record(by, value, raised === true ? entryTries : 1, ports)
  if (raised !== true) await recorded
  const late = stopMark?.entryWait().then(() => false)
  const inTime = raised !== true || late === undefined || (await Promise.race([recorded.then(() => true), late]))
  return { following: inTime ? undefined : recorded }
}

/** Turns the switch off. Logs it first. Throws a `UsageError` when somebody used the switch in the meantime. */
export async function resume(by: string, { store, auditLog, system, stopMark }: Ports): Promise<void> {
  const [seen, mark] = [await store.setting(setting), await stopMark?.read()]
  await auditLog.append({ at: system.now(), actor: by, event: 'resumed' })
  if (!(await store.replaceSetting(setting, `no ${system.newId()}`, seen)))
    throw new UsageError(
      'Somebody else used the stop switch at the same time. Check whether it is on, and why, then try again.',
    )
  if (mark !== undefined) await stopMark?.lower(mark)
}

/** The stored value of the switch, new with each use: two equal values mean that nobody used it in between. */
export const stopSwitchValue = async ({ store, stopMark }: Switch): Promise<string> =>
  JSON.stringify([await store.setting(setting), await stopMark?.read()])

/** True while an undo executes. The switch stops what removes access, and an undo that goes on restores it. */
const undoExecutes = async ({ store }: Pick<Ports, 'store'>): Promise<boolean> =>
  (await store.runsWith('executing')).some(({ undoOf }) => undoOf !== undefined)

/**
 * Makes the wait of a Directory, in milliseconds. It throws a `DirectoryError` within a second after somebody turns the
 * switch on, unless an undo goes on. A Directory waits only between requests, so nothing is in flight then.
 */
export const waitUnlessStopped =
  (system: Pick<System, 'wait'>, ports: Switch): System['wait'] =>
  async (ms) => {
    for (let left = ms; left > 0; left -= interval) {
      if ((await isStopped(ports)) && !(await undoExecutes(ports)))
        throw new DirectoryError('unavailable', 'The stop switch was turned on while Rollcall waited for Atlassian.')
      await system.wait(Math.min(left, interval))
    }
  }
