// Lists and sets the limits of the organization.

import { asReadResult, UsageError } from '../model/errors.js'
import { listProblems } from '../model/input-bounds.js'
import type { Ports } from '../ports.js'
import { setting, parseOwnLimits, readLimits } from '../policy/organization-limits.js'
import {
  limitTable,
  type Limits,
  type SomeLimits,
  limitNames,
  defaultLimits,
  someLimits,
  given,
  organizationLimits,
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

/** How often Rollcall tries to save a change when others save at the same time. */
const tries = 5

/** The stored limits, on top of which an admin sets others. Unreadable ones count as not set, so an admin can set them again. */
function readableLimits(stored: string | undefined): SomeLimits {
  try {
    return parseOwnLimits(stored)
  } catch (failure) {
    if (failure instanceof UsageError) return {}
    throw failure
  }
}

/**
 * Sets some limits of the organization, on top of what others saved in the meantime. Logs it first, and once. Guard then
 * refuses plans that were made before.
 */
export async function setLimits(limits: unknown, by: string, ports: Ports): Promise<Limits> {
  const { store, auditLog, system } = ports
  const parsed = someLimits.safeParse(limits)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' '))
    throw new UsageError(`${listProblems(problems)}. The limits are ${limitNames.join(', ')}.`)
  }
  const changes = given(parsed.data)
  for (let tried = 0; tried < tries; tried += 1) {
    const stored = await store.setting(setting)
    const own = { ...readableLimits(stored), ...changes }
    if (tried === 0)
      await auditLog.append({ at: system.now(), actor: by, event: 'limits-changed', details: { ...changes } })
    if (await store.replaceSetting(setting, JSON.stringify(own), stored)) return organizationLimits(own)
  }
  throw new UsageError('Others are setting limits at the same time. Nothing was saved. Try again.')
}
