// Connecting: what a page or a script gives to connect an organization. Each host keeps keys in its own way.

import { DirectoryError, UsageError, type Directory } from '@rollcall/core'
import { z } from 'zod'

// A key goes into a header as it is: anything but visible ASCII was mangled on its way.
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'holds characters that no API key has; copy it again')
const expires = z.iso.date('must be a date such as 2027-01-31').nullable().optional()
const wanted = z.strictObject({
  organizationId: z.string().trim().min(1),
  readKey: key.optional(),
  actKey: key.optional(),
  readKeyExpires: expires,
  actKeyExpires: expires,
})

/** Keys as a host keeps them. */
export interface KeptKeys {
  readonly readKey: string
  readonly actKey?: string | undefined
}

/** What is to be connected, with the keys that stay of a connection to the same organization. */
export interface ConnectionWanted {
  readonly organizationId: string
  readonly keys: { readonly readKey: string; readonly actKey?: string }
  /** The key for changes that was entered, to be tried; one that stays may have ended, and is told of elsewhere. */
  readonly enteredActKey: string | undefined
  /** The dates on which keys end: of a new key null where nobody knows, of one that stays absent unless it was given. */
  readonly expiry: { readonly read?: string | null; readonly act?: string | null }
}

/** Reads what was given; what is wrong with it is said without repeating it, since it may be a key. */
export function readConnectionWanted(
  asked: unknown,
  kept: (KeptKeys & { readonly organizationId: string }) | undefined,
): ConnectionWanted {
  const parsed = wanted.safeParse(asked)
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { organizationId, readKey, actKey, readKeyExpires, actKeyExpires } = parsed.data
  const stays = kept?.organizationId === organizationId ? kept : undefined
  const read = readKey ?? stays?.readKey
  if (read === undefined)
    throw new UsageError('readKey: enter an API key for reading; none is kept for this organization.')
  const act = actKey ?? stays?.actKey
  /** Of a key that stays, the end stays too, unless another one is given. */
  const endOf = (entered: string | undefined, end: string | null | undefined) =>
    entered !== undefined || stays === undefined ? (end ?? null) : end
  const expiry = { read: endOf(readKey, readKeyExpires), act: endOf(actKey, actKeyExpires) }
  return {
    organizationId,
    keys: { readKey: read, ...(act === undefined ? {} : { actKey: act }) },
    enteredActKey: actKey,
    expiry: Object.fromEntries(Object.entries(expiry).filter(([, date]) => date !== undefined)),
  }
}

/** Tries a key for changes by a read that changes nothing; whether it has scopes is told afterwards, as what it can do. */
export async function tryActKey(directory: Pick<Directory, 'organization'>): Promise<void> {
  await directory.organization().catch((failure: unknown) => {
    if (!(failure instanceof DirectoryError) || ['unavailable', 'rate-limited'].includes(failure.code)) throw failure
    throw new UsageError(
      `The API key for changes was not taken, so nothing was kept. It has to be a key without scopes of the same organization. ${failure.message}`,
    )
  })
}
