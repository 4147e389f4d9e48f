// Which keys and values the store accepts, and their sizes.

import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { refusal, type PlatformResponse } from '../platform/call.js'

/** As the documentation of the errors prints it. */
const keyPattern = /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/
const unitMs = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((deepest, one) => Math.max(deepest, depthOf(one)), 0)
    : 0

interface LimitCheck {
  readonly limits: Limits
  readonly meter: LimitMeter
}

/** The refusal of a key; undefined when it is valid. */
export function keyError(key: unknown, { limits, meter }: LimitCheck): PlatformResponse | undefined {
  if (typeof key !== 'string' || key === '') return refusal(400, 'KEY_TOO_SHORT', 'Key is empty')
  if (!meter.allows('kvsKeyLength', key.length))
    return refusal(400, 'KEY_TOO_LONG', `Key has ${key.length} characters of ${limits.kvsKeyLength}`)
  return keyPattern.test(key) ? undefined : refusal(400, 'INVALID_KEY', `Key does not match ${String(keyPattern)}`)
}

/** The refusal of a value; undefined when it is valid. */
export function valueError(value: unknown, { limits, meter }: LimitCheck): PlatformResponse | undefined {
  if (value === undefined || value === null) return refusal(400, 'INVALID_VALUE', 'Value is missing')
  const [bytes, depth] = [bytesOf(value), depthOf(value)]
  if (!meter.allows('kvsValueBytes', bytes))
    return refusal(400, 'MAX_SIZE', `Value has ${bytes} bytes of ${limits.kvsValueBytes}`)
  if (meter.allows('kvsDepth', depth)) return undefined
  return refusal(400, 'MAX_DEPTH', `Value is ${depth} deep of ${limits.kvsDepth}`)
}

/** How long a value lives, in milliseconds; undefined for ever. */
export function lifetimeOf(ttl: unknown): number | undefined {
  const { value, unit } = (ttl ?? {}) as { value?: unknown; unit?: unknown }
  const ms = unitMs[unit as keyof typeof unitMs]
  return typeof value === 'number' && ms !== undefined ? value * ms : undefined
}
