// Lists and sets the limits of the organization.

import { asReadResult, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { setting, ownLimits, readLimits } from '../policy/organization-limits.js'
import {
  limitTable,
  type Limits,
  limitNames,
  defaultLimits,
  someLimits,
  given,
  resolveLimits,
} from '../model/limits.js'

/**
 * Lists the limits with their values and bounds. When the stored limits cannot be read, it returns the defaults and the
 * reason, so that an admin can set them again. Nothing runs before that.
 */
export async function listLimits(ports: Pick<Ports, 'store'>) {
  const read = await asReadResult(readLimits(ports))
  const unreadable = 'unreadable' in read ? `${read.unreadable} You see the defaults until you set them again.` : null
  const values = 'unreadable' in read ? defaultLimits : read
  const limits = limitNames.map((name) => {
    const { least, most, whole, what, default: usual } = limitTable[name]
    return { name, value: values[name], usual, least, most, whole, what }
  })
  return { limits, unreadable }
}

export type ListedLimits = Awaited<ReturnType<typeof listLimits>>

export type ListedLimit = ListedLimits['limits'][number]

/** Sets some limits of the organization. Logs it first. Guard then refuses plans that were made before. */
export async function setLimits(limits: unknown, by: string, ports: Ports): Promise<Limits> {
  const { store, auditLog, system } = ports
  const parsed = someLimits.safeParse(limits)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' '))
    throw new UsageError(`${problems.join('; ')}. The limits are ${limitNames.join(', ')}.`)
  }
  const earlier = await ownLimits(ports).catch(() => ({}))
  const own = { ...earlier, ...given(parsed.data) }
  await auditLog.append({ at: system.now(), actor: by, event: 'limits-changed', details: { ...given(parsed.data) } })
  await store.putSetting(setting, JSON.stringify(own))
  return resolveLimits(defaultLimits, own)
}
