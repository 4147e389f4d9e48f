// Connecting: organization and keys are tried before they are kept, and never shown again.

import { readConnectionWanted, tryActKey } from '@rollcall/api'
import { randomUUID } from 'node:crypto'
import { dropConnection, keepConnection, readConnection, readKeys, type Connection } from './connection.js'
import { directoryOf, open } from './open.js'
import type { Outcome } from './outcome.js'
import { ofResolver } from './share.js'
import { migrated } from './schema.js'

const resumeFirst =
  'The stop switch is on, so nothing is changed at Atlassian, by schedule or by hand. Allow runs again under Settings when everything is as it should be.'

const openFor = async (by: string) => (await open(`page ${randomUUID()}`, ofResolver, [by])).app

/** Halts what runs before its next change: it has its keys in memory, and asks the stop switch only. */
const halt = async (by: string): Promise<void> => (await openFor(by)).stop(by)

async function withStopSwitch(connection: Connection, by: string) {
  const { stopped } = await (await openFor(by)).overview()
  return { ...connection, stopped, notices: stopped ? [resumeFirst] : [] }
}

/** The keys of a connection, to stay where no others are entered. */
async function keptKeys(connection: Connection | undefined) {
  const keys = connection === undefined ? undefined : await readKeys()
  return connection === undefined || keys === undefined ? undefined : { ...connection, ...keys }
}

async function connect(payload: unknown, by: string): Promise<Outcome> {
  const before = await readConnection()
  const { organizationId, keys, enteredActKey, expiry } = readConnectionWanted(payload, await keptKeys(before))
  await migrated()
  const organization = await directoryOf(organizationId, keys, ofResolver).organization()
  if (enteredActKey !== undefined) await tryActKey(directoryOf(organizationId, { readKey: enteredActKey }, ofResolver))
  if (before !== undefined && before.organizationId !== organization.id) {
    await halt(by)
    await dropConnection()
  }
  const connection = await keepConnection(organization.id, keys, by, Date.now())
  await (await openFor(by)).takeKeys(expiry, by)
  return { value: { ...(await withStopSwitch(connection, by)), name: organization.name } }
}

async function disconnect(by: string): Promise<Outcome> {
  if ((await readConnection()) !== undefined) await halt(by)
  await dropConnection()
  await (await openFor(by)).forgetKeys()
  return { value: null }
}

export const connecting = {
  connect: (payload: Readonly<Record<string, unknown>>, by: string) => connect(payload['body'] ?? payload, by),
  async connection(_: unknown, by: string): Promise<Outcome> {
    const connection = await readConnection()
    return { value: connection === undefined ? null : await withStopSwitch(connection, by) }
  },
  disconnect: (_: unknown, by: string) => disconnect(by),
}
