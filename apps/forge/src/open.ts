// Opens the app of one invocation, over the platform's storage and the organization's keys.

import { createDirectory } from '@rollcall/atlassian'
import {
  brandId,
  createApp,
  parseAccountId,
  noteThrottle,
  waitUnlessStopped,
  type App,
  type TimeSlice,
  type Directory,
  type Ports,
} from '@rollcall/core'
import { unconnected } from '@rollcall/node'
import { createAuditLog, createStore } from '@rollcall/store'
import { readConnection, readKeys, type Keys } from './connection.js'
import { timeSliceOf, systemOf, endUnlessWorthWaiting, type Allowance } from './time-slice.js'
import { signerOfInvocation } from './signer.js'
import { migrated } from './schema.js'
import { db } from './sql.js'
import { watermark } from './watermark.js'

const baseUrl = 'https://api.atlassian.com'
/** Longer than Atlassian takes for any response, shorter than the platform waits for one. */
const requestTimeout = 60_000

export interface Invocation {
  readonly app: App
  readonly directory: Directory
  readonly slice: TimeSlice
}

/** The Directory of an organization, as this invocation may use it. */
export function directoryOf(organizationId: string, keys: Keys, allowance: Allowance): Directory {
  const system = systemOf(allowance)
  const send = (url: string, init: RequestInit) => fetch(url, { ...init, redirect: 'error' })
  const store = createStore(db)
  const waits = waitUnlessStopped(system, { store })
  async function wait(ms: number): Promise<void> {
    // Checks the whole wait: it consists of short pieces, none of which is too long.
    endUnlessWorthWaiting(ms, allowance)
    await waits(ms)
  }
  const stoppable = { now: () => system.now(), wait }
  return createDirectory({
    baseUrl,
    organizationId,
    ...keys,
    fetch: send,
    requestTimeout,
    system: stoppable,
    // A machine of Atlassian, where a Date header may not arrive.
    trustedClock: true,
    onWait: noteThrottle({ store }),
  })
}

/** Opens the ports: the platform's storage, and the organization if it has keys. */
async function openPorts(allowance: Allowance) {
  await migrated()
  const system = systemOf(allowance)
  const [connection, keys] = [await readConnection(), await readKeys()]
  const connected = connection !== undefined && keys !== undefined
  const ports: Ports = {
    directory: connected
      ? directoryOf(connection.organizationId, keys, allowance)
      : unconnected('Enter its id and an API key under "Connection".'),
    store: createStore(db),
    auditLog: createAuditLog(db, system),
    watermark,
    signer: signerOfInvocation(),
    system,
  }
  return { ports, connection }
}

/** Opens the app. It never changes the given accounts, nor the account that entered the keys. */
export async function open(owner: string, allowance: Allowance, accounts: readonly string[] = []): Promise<Invocation> {
  const { ports, connection } = await openPorts(allowance)
  const { directory, store } = ports
  const organizationId = connection?.organizationId ?? (await store.snapshots(1))[0]?.organization.id ?? ''
  const requesters = [...accounts, connection?.connectedBy ?? ''].flatMap((id) => parseAccountId(id) ?? [])
  const app = createApp(ports, { organizationId: brandId(organizationId), owner, requesters })
  return { app, directory, slice: timeSliceOf(allowance, () => directory.requests()) }
}
