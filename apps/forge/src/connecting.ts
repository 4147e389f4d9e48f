// Connecting: organization and keys are tried before they are kept, and never shown again.

import { UsageError } from '@rollcall/core'
import { z } from 'zod'
import { dropConnection, keepConnection, readConnection } from './connection.js'
import { directoryOf } from './open.js'
import type { Outcome } from './outcome.js'
import { ofResolver } from './share.js'
import { migrated } from './schema.js'

// A key goes into a header as it is: anything but visible ASCII was mangled on its way.
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'holds characters that no API key has; copy it again')
const wanted = z.strictObject({ organizationId: z.string().trim().min(1), readKey: key, actKey: key.optional() })

async function connect(payload: unknown, by: string): Promise<Outcome> {
  const parsed = wanted.safeParse(payload)
  if (!parsed.success)
    // Never what was given: it may be the key.
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { organizationId, readKey, actKey } = parsed.data
  const keys = { readKey, ...(actKey === undefined ? {} : { actKey }) }
  await migrated()
  const organization = await directoryOf(organizationId, keys, ofResolver).organization()
  const connection = await keepConnection(organization.id, keys, by, Date.now())
  return { value: { ...connection, name: organization.name } }
}

export const connecting = {
  connect: (payload: Readonly<Record<string, unknown>>, by: string) => connect(payload['body'] ?? payload, by),
  connection: async (): Promise<Outcome> => ({ value: (await readConnection()) ?? null }),
  disconnect: async (): Promise<Outcome> => {
    await dropConnection()
    return { value: null }
  },
}
