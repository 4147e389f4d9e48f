// Opening: one invocation's app over the platform's storage and the organization's keys.

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
import { shareOf, systemOf, worthWaiting, type Allowance } from './share.js'
import { signerOfInvocation } from './signer.js'
import { migrated } from './schema.js'
import { db } from './sql.js'
import { watermark } from './watermark.js'

const baseUrl = 'https://api.atlassian.com'
/** Longer than Atlassian takes for any answer, shorter than the platform waits for one. */
const answerTimeout = 60_000

export interface Invocation {
  readonly app: App
  readonly directory: Directory
  readonly share: TimeSlice
}

/** The Directory of an organization, as this invocation may use it. */
export function directoryOf(organizationId: string, keys: Keys, allowance: Allowance): Directory {
  const system = systemOf(allowance)
  const fetchInTime = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(answerTimeout) })
  const store = createStore(db)
  const waits = waitUnlessStopped(system, { store })
  async function wait(ms: number): Promise<void> {
    // As a whole: none of the short pieces in which it is waited would be too long.
    worthWaiting(ms, allowance)
    await waits(ms)
  }
  const patient = { now: () => system.now(), wait }
  return createDirectory({
    baseUrl,
    organizationId,
    ...keys,
    fetch: fetchInTime,
    system: patient,
    onWait: noteThrottle({ store }),
  })
}

/** Opens the ports: the platform's storage, and the organization with its keys where they are entered. */
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

/** Opens the app. It never acts on the accounts in `asking`, nor on the one that entered the keys. */
export async function open(owner: string, allowance: Allowance, asking: readonly string[] = []): Promise<Invocation> {
  const { ports, connection } = await openPorts(allowance)
  const { directory, store } = ports
  const organizationId = connection?.organizationId ?? (await store.snapshots(1))[0]?.organization.id ?? ''
  const requesters = [...asking, connection?.connectedBy ?? ''].flatMap((id) => parseAccountId(id) ?? [])
  const app = createApp(ports, { organizationId: brandId(organizationId), owner, requesters })
  return { app, directory, share: shareOf(allowance, () => directory.requests()) }
}
