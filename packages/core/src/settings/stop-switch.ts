// The stop switch: when somebody turns it on, at most the request in flight finishes.

import { DirectoryError, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { System } from '../model/system.js'
import { second } from '../model/time.js'

const setting = 'stopped'
/** A wait checks the switch this often, in milliseconds. */
const interval = second

/** True if the switch is on. An unknown stored value counts as on, because that is the safe side. */
export async function isStopped({ store }: Pick<Ports, 'store'>): Promise<boolean> {
  const stored = await store.setting(setting)
  return stored !== undefined && stored !== 'no' && !stored.startsWith('no ')
}

/** Turns the switch on. Logs it first. Each stored value is new, so that `resume` cannot undo a stop that it has not seen. */
export async function stop(by: string, { store, auditLog, system }: Ports): Promise<void> {
  await auditLog.append({ at: system.now(), actor: by, event: 'stopped' })
  await store.putSetting(setting, `yes ${system.newId()}`)
}

/** Turns the switch off. Logs it first. Throws a `UsageError` when somebody used the switch in the meantime. */
export async function resume(by: string, { store, auditLog, system }: Ports): Promise<void> {
  const seen = await store.setting(setting)
  await auditLog.append({ at: system.now(), actor: by, event: 'resumed' })
  if (!(await store.replaceSetting(setting, `no ${system.newId()}`, seen)))
    throw new UsageError(
      'Somebody else used the stop switch at the same time. Check whether it is on, and why, then try again.',
    )
}

/** The stored value of the switch, new with each use: two equal values mean that nobody used it in between. */
export const stopSwitchValue = ({ store }: Pick<Ports, 'store'>): Promise<string | undefined> => store.setting(setting)

/** True while an undo executes. The switch stops what removes access, and an undo that goes on restores it. */
const undoExecutes = async ({ store }: Pick<Ports, 'store'>): Promise<boolean> =>
  (await store.runsWith('executing')).some(({ undoOf }) => undoOf !== undefined)

/**
 * Makes the wait of a Directory, in milliseconds. It throws a `DirectoryError` within a second after somebody turns the
 * switch on, unless an undo goes on. A Directory waits only between requests, so nothing is in flight then.
 */
export const waitUnlessStopped =
  (system: Pick<System, 'wait'>, ports: Pick<Ports, 'store'>): System['wait'] =>
  async (ms) => {
    for (let left = ms; left > 0; left -= interval) {
      if ((await isStopped(ports)) && !(await undoExecutes(ports)))
        throw new DirectoryError('unavailable', 'The stop switch was turned on while Rollcall waited for Atlassian.')
      await system.wait(Math.min(left, interval))
    }
  }
