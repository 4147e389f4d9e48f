// Connecting: reads the request that connects an organization. Each host stores keys in its own way.

import { boundedText, DirectoryError, inputBounds, issuesInWords, UsageError, type Directory } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './responses/read-only.js'

// A key becomes part of a header, so it contains only visible ASCII. Other characters come from a bad copy.
const key = z
  .string()
  .trim()
  .max(inputBounds.text.key, `must be at most ${inputBounds.text.key} characters long`)
  .regex(/^[\x21-\x7e]+$/, 'holds characters that no API key has; copy it again')
const expires = z.iso.date('must be a date such as 2027-01-31').nullable().optional()
const connectionRequest = z.strictObject({
  organizationId: z.string().trim().pipe(boundedText('id')),
  readKey: key.optional(),
  actKey: key.optional(),
  readKeyExpires: expires,
  actKeyExpires: expires,
})
/** What an admin enters. For the same organization, an omitted key stays. */
export type ConnectionRequest = ReadOnly<z.input<typeof connectionRequest>>

/** The stored keys of a host. */
export interface KeptKeys {
  readonly readKey: string
  readonly actKey?: string | undefined
}

/** The requested connection. Keys that the request omits stay, if the organization stays the same. */
export interface ConnectionWanted {
  readonly organizationId: string
  readonly keys: { readonly readKey: string; readonly actKey?: string }
  /** A new key for changes, which the host tries. It does not try a key that stays; attention items report its expiry. */
  readonly enteredActKey: string | undefined
  /** Expiry dates of the keys: null when unknown for a new key, absent when a key that stays keeps its date. */
  readonly expiry: { readonly read?: string | null; readonly act?: string | null }
}

/** Reads the request. Its errors never quote a value, which may be a key. */
export function readConnectionWanted(
  request: unknown,
  kept: (KeptKeys & { readonly organizationId: string }) | undefined,
): ConnectionWanted {
  const parsed = connectionRequest.safeParse(request)
  if (!parsed.success) throw new UsageError(issuesInWords(parsed.error.issues))
  const { organizationId, readKey, actKey, readKeyExpires, actKeyExpires } = parsed.data
  const stays = kept?.organizationId === organizationId ? kept : undefined
  const read = readKey ?? stays?.readKey
  if (read === undefined)
    throw new UsageError('readKey: enter an API key for reading; none is kept for this organization.')
  const act = actKey ?? stays?.actKey
  /** A key that stays keeps its expiry date, unless the request contains another one. */
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

/** Tries a key for changes with a read. A later check of its abilities shows whether it has scopes. */
export async function tryActKey(directory: Pick<Directory, 'organization'>): Promise<void> {
  await directory.organization().catch((failure: unknown) => {
    if (!(failure instanceof DirectoryError) || ['unavailable', 'rate-limited'].includes(failure.code)) throw failure
    throw new UsageError(
      `The API key for changes was not taken, so nothing was kept. It has to be a key without scopes of the same organization. ${failure.message}`,
    )
  })
}
