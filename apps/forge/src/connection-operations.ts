// The operations of the connection. Connecting tests organization and keys before it stores them, and never shows the keys again.

import { checkResponse, connectingResponses, readConnectionWanted, tryActKey } from '@rollcall/api'
import { randomUUID } from 'node:crypto'
import { dropConnection, keepConnection, readConnection, readKeys, type Connection } from './connection.js'
import { directoryOf, open } from './open.js'
import type { Outcome } from './outcome.js'
import { resolverAllowance } from './time-slice.js'
import { migrated } from './schema.js'

const resumeFirst =
  'The stop switch is on, so Rollcall changes nothing at Atlassian. Check the connection, then allow runs again under Settings.'

const openFor = async (by: string) => (await open(`page ${randomUUID()}`, resolverAllowance, [by])).app

/** Stops runs before their next change. Runs have the keys in memory and check only the stop switch. */
const halt = async (by: string): Promise<void> => void (await (await openFor(by)).stop(by))

async function withStopSwitch(connection: Connection, by: string) {
  const { stopped } = await (await openFor(by)).overview()
  return { ...connection, stopped, notices: stopped ? [resumeFirst] : [] }
}

/** The stored keys, for fields that the admin leaves empty. */
async function keptKeys(connection: Connection | undefined) {
  const keys = connection === undefined ? undefined : await readKeys()
  return connection === undefined || keys === undefined ? undefined : { ...connection, ...keys }
}

async function connect(payload: unknown, by: string): Promise<Outcome> {
  const before = await readConnection()
  const { organizationId, keys, enteredActKey, expiry } = readConnectionWanted(payload, await keptKeys(before))
  await migrated()
  const organization = await directoryOf(organizationId, keys, resolverAllowance).organization()
  if (enteredActKey !== undefined)
    await tryActKey(directoryOf(organizationId, { readKey: enteredActKey }, resolverAllowance))
  if (before !== undefined && before.organizationId !== organization.id) {
    await halt(by)
    await dropConnection()
  }
  const connection = await keepConnection(organization.id, keys, by, Date.now())
  await (await openFor(by)).recordNewKeys(expiry, by)
  return { value: { ...(await withStopSwitch(connection, by)), name: organization.name } }
}

async function disconnect(by: string): Promise<Outcome> {
  if ((await readConnection()) !== undefined) await halt(by)
  await dropConnection()
  await (await openFor(by)).deleteKeyRecords()
  return { value: null }
}

async function readState(by: string): Promise<Outcome> {
  const connection = await readConnection()
  return { value: connection === undefined ? null : await withStopSwitch(connection, by) }
}

type Payload = Readonly<Record<string, unknown>>

/** In tests, compares each response with its schema. */
function checked(name: keyof typeof connectingResponses, outcome: Outcome): Outcome {
  if (process.env['ROLLCALL_CHECK_RESPONSES'] === '1' && 'value' in outcome)
    checkResponse(name, connectingResponses[name], outcome.value)
  return outcome
}

export const connectionOperations = {
  connect: async (payload: Payload, by: string) => checked('connect', await connect(payload['body'] ?? payload, by)),
  connection: async (_: Payload, by: string) => checked('connection', await readState(by)),
  disconnect: async (_: Payload, by: string) => checked('disconnect', await disconnect(by)),
}
