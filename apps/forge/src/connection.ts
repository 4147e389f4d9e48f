// The stored connection: organization, who connected it, and its API keys. The keys stay in the platform's secret store.

import { z } from 'zod'
import { secrets, values } from './values.js'

const name = 'connection'
const keys = { read: 'read-key', act: 'act-key' } as const

const shape = z.object({
  organizationId: z.string(),
  /** The Atlassian account that entered the keys. Rollcall never changes it. */
  connectedBy: z.string(),
  connectedAt: z.number(),
  /** The last four characters of each key, so that admins can tell the keys apart. */
  readKeyEnd: z.string(),
  actKeyEnd: z.string().nullable(),
})
export type Connection = z.output<typeof shape>

export interface Keys {
  readonly readKey: string
  readonly actKey?: string
}

/** Reads the connection without its keys; undefined when there is none. */
export async function readConnection(): Promise<Connection | undefined> {
  const stored = await values.get(name)
  return stored === undefined ? undefined : shape.parse(stored)
}

/** Reads the keys. */
export async function readKeys(): Promise<Keys | undefined> {
  const [readKey, actKey] = [await secrets.get(keys.read), await secrets.get(keys.act)]
  return readKey === undefined ? undefined : { readKey, ...(actKey === undefined ? {} : { actKey }) }
}

const endOf = (key: string): string => key.slice(-4)

/** Stores a connection; its keys first, so that no connection exists without keys. */
export async function keepConnection(
  organizationId: string,
  { readKey, actKey }: Keys,
  connectedBy: string,
  connectedAt: number,
): Promise<Connection> {
  await secrets.set(keys.read, readKey)
  await (actKey === undefined ? secrets.drop(keys.act) : secrets.set(keys.act, actKey))
  const ends = { readKeyEnd: endOf(readKey), actKeyEnd: actKey === undefined ? null : endOf(actKey) }
  const connection = { organizationId, connectedBy, connectedAt, ...ends }
  await values.set(name, connection)
  return connection
}

/** Deletes keys and connection. Snapshots, runs and the audit log stay. */
export async function dropConnection(): Promise<void> {
  // Keys first, so that none is left when the page shows no connection.
  await secrets.drop(keys.read)
  await secrets.drop(keys.act)
  await values.drop(name)
}
