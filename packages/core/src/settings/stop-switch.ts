// The stop switch: a person turns it on, and at most the call in flight finishes.

import { DirectoryError, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import type { System } from '../model/system.js'
import { second } from '../model/time.js'

const setting = 'stopped'
/** The switch is looked at so often while somebody waits. */
const piece = second

/** Says whether the switch is on. Whatever does not say that it is off stops everything: nobody knows what was meant. */
export async function isStopped({ store }: Pick<Ports, 'store'>): Promise<boolean> {
  const stored = await store.setting(setting)
  return stored !== undefined && stored !== 'no' && !stored.startsWith('no ')
}

/**
 * Turns the switch on; the audit log hears of it first. Each value is a new one, so that nobody takes back by mistake what
 * he has not seen.
 */
export async function stop(by: string, { store, auditLog, system }: Ports): Promise<void> {
  await auditLog.append({ at: system.now(), actor: by, event: 'stopped' })
  await store.putSetting(setting, `yes ${system.newId()}`)
}

/** Turns the switch off, if nobody has turned it on again since it was looked at. */
export async function resume(by: string, { store, auditLog, system }: Ports): Promise<void> {
  const seen = await store.setting(setting)
  await auditLog.append({ at: system.now(), actor: by, event: 'resumed' })
  if (!(await store.replaceSetting(setting, `no ${system.newId()}`, seen)))
    throw new UsageError('Somebody has used the stop switch meanwhile. Look whether it is on, and why, then try again.')
}

/**
 * A wait for a Directory, which may have to wait for minutes: in pieces of a second, and ended by a `DirectoryError`
 * once the switch is on. It waits between requests, so that nothing has been sent when it throws.
 */
export const waitUnlessStopped =
  (system: Pick<System, 'wait'>, ports: Pick<Ports, 'store'>): System['wait'] =>
  async (ms) => {
    for (let left = ms; left > 0; left -= piece) {
      if (await isStopped(ports))
        throw new DirectoryError('unavailable', 'The stop switch was turned on while Rollcall waited for Atlassian.')
      await system.wait(Math.min(left, piece))
    }
  }
