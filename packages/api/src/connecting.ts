// Connecting: what a page or a script gives to connect an organization. Each host keeps keys in its own way.

import { UsageError } from '@rollcall/core'
import { z } from 'zod'

// A key goes into a header as it is: anything but visible ASCII was mangled on its way.
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'holds characters that no API key has; copy it again')
const expires = z.iso.date('must be a date such as 2027-01-31').optional()
const wanted = z.strictObject({
  organizationId: z.string().trim().min(1),
  ...{ readKey: key, actKey: key.optional() },
  ...{ readKeyExpires: expires, actKeyExpires: expires },
})

/** The keys to an organization, and the dates on which they end where those are known. */
export interface ConnectionWanted {
  readonly organizationId: string
  readonly keys: { readonly readKey: string; readonly actKey?: string }
  /** By slot; null where nobody knows. */
  readonly expiry: { readonly read: string | null; readonly act: string | null }
}

/** Reads what was given; what is wrong with it is said without repeating it, since it may be a key. */
export function readConnectionWanted(asked: unknown): ConnectionWanted {
  const parsed = wanted.safeParse(asked)
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { organizationId, readKey, actKey, readKeyExpires = null, actKeyExpires = null } = parsed.data
  return {
    organizationId,
    keys: { readKey, ...(actKey === undefined ? {} : { actKey }) },
    expiry: { read: readKeyExpires, act: actKey === undefined ? null : actKeyExpires },
  }
}
