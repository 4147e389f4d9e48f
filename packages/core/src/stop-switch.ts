// The stop switch: a person turns it on, and at most the call in flight finishes.

import { DirectoryError } from './errors.js'
import type { Ports } from './ports.js'
import type { System } from './system.js'
import { second } from './time.js'

const setting = 'stopped'
/** The switch is looked at so often while somebody waits. */
const piece = second

/** Says whether the switch is on. */
export const isStopped = async ({ store }: Pick<Ports, 'store'>): Promise<boolean> =>
  (await store.setting(setting)) === 'yes'

/** Turns the switch on or off; the audit log hears of it first. */
export async function setStopped(on: boolean, by: string, { store, auditLog, system }: Ports): Promise<void> {
  await auditLog.append({ at: system.now(), actor: by, event: on ? 'stopped' : 'resumed' })
  await store.putSetting(setting, on ? 'yes' : 'no')
}

/**
 * A wait for a Directory, which may have to wait for minutes: in pieces of a second, and ended by a `DirectoryError`
 * once the switch is on. It waits between requests, so that nothing has been sent when it throws.
 */
export const waitHeedingStop =
  (system: Pick<System, 'wait'>, ports: Pick<Ports, 'store'>): System['wait'] =>
  async (ms) => {
    for (let left = ms; left > 0; left -= piece) {
      if (await isStopped(ports))
        throw new DirectoryError('unavailable', 'The stop switch was turned on while Rollcall waited for Atlassian.')
      await system.wait(Math.min(left, piece))
    }
  }
