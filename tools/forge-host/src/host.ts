// The host: assembles the parts, and offers the operations that tests, people and the page use.

import { createCounts, type Counts } from './limits/counts.js'
import { createFaults, type Fault } from './faults.js'
import { createLimitMeter } from './limits/limit-meter.js'
import { createIdle } from './idle.js'
import { installationOf, type InstallationOptions, type License } from './app/installation.js'
import { createInvoker, type Invoke } from './functions/invoke.js'
import { type Invocation } from './functions/invocation.js'
import { type Caller } from './functions/invocation.js'
import type { Limits } from './limits/limits.js'
import { createLog, type LogEntry } from './log.js'
import { startMachine, type Machine } from './machine.js'
import type { Manifest } from './app/manifest.js'
import type { ForgeHostOptions } from './options.js'
import { startPage } from './page/server.js'
import { createDatabase, type Database } from './sql/database.js'
import { createEgress } from './platform/egress.js'
import { createEvents } from './queue/endpoints.js'
import { createJira, createJiraHandler } from './platform/jira.js'
import { createKvs } from './kvs/kvs.js'
import { createKvsStore, type KvsStore } from './kvs/store.js'
import { createQueue } from './queue/queue.js'
import { createSql } from './sql/sql.js'
import { createResolver } from './functions/resolver.js'
import { createTriggers } from './functions/scheduled-triggers.js'

export interface ForgeHost {
  /** The page as Jira shows it; /app/ below it is the framed app alone. */
  readonly url: string
  readonly manifest: Manifest
  readonly limits: Limits
  /** The signed-in account. */
  readonly accountId: string
  license: License | undefined
  signIn(accountId: string): void
  /** Calls the page's resolver, as the bridge's invoke does. */
  resolve(operation: string, payload?: unknown, as?: { readonly accountId?: string }): Promise<unknown>
  /** Fires a scheduled trigger; without a key the only one. Undefined when a fault lost the firing. */
  tick(key?: string): Promise<unknown>
  /** Runs any function with any arguments. */
  invoke(functionKey: string, args?: readonly unknown[], caller?: Partial<Caller>): Promise<unknown>
  /** Ends all invocations of a function at once, as running out of memory would; returns how many. */
  kill(functionKey: string): number
  /** Resolves when nothing runs and no event waits; rejects after this many milliseconds (by default 30,000). */
  idle(withinMs?: number): Promise<void>
  now(): number
  /** Moves the clock; delays, limits, the app's dates and SQL's follow it. */
  advance(ms: number): void
  setFaults(faults: readonly Fault[]): void
  counts(): Counts
  resetCounts(): void
  readonly log: readonly LogEntry[]
  readonly kvs: KvsStore
  readonly secrets: KvsStore
  /** Undefined without a server, or without the manifest's sql module. */
  readonly database: Pick<Database, 'name' | 'query' | 'bytes'> | undefined
  /**
   * Installs the app once more, on another site with its own storage, database, queue and page, in the same lambdas and
   * with the same clock.
   */
  install(changes?: Partial<InstallationOptions & Pick<ForgeHostOptions, 'egress' | 'jira'>>): Promise<ForgeHost>
  close(): Promise<void>
}

const defaultIdleMs = 30_000
const defaultParallel = 8

/** Starts the app as the platform would run it, on 127.0.0.1. */
export const startForgeHost = async (options: ForgeHostOptions): Promise<ForgeHost> =>
  install(options, await startMachine(options))

/** Installs the app on a machine that may serve other installations as well. */
async function install(options: ForgeHostOptions, machine: Machine): Promise<ForgeHost> {
  const { limits, manifest, clock, lambdas } = machine
  const installation = installationOf(options, machine.enter())
  const { now, ahead } = clock
  const counts = createCounts()
  const { entries, note } = createLog(now, options.onLog)
  const faults = createFaults(options.faults ?? [], counts, note)
  const running = new Map<string, Invocation>()
  const kvs = createKvsStore(now)
  const secrets = createKvsStore(now)
  const meter = createLimitMeter(limits, counts, now)
  const shared = { manifest, installation, limits, counts, meter, note, clock, faults, now }
  let invoke: Invoke = () => Promise.reject(new Error('The host is not started yet'))
  let changed: () => void = () => undefined
  const queue = createQueue({
    ...shared,
    parallel: options.parallel ?? defaultParallel,
    invoke: () => invoke,
    onChange: () => changed(),
  })
  const idle = createIdle({ clock, queue, running, skipDelays: options.skipDelays ?? false })
  changed = idle.changed

  const database = options.sql !== undefined && manifest.hasSql ? await createDatabase(options.sql, ahead) : undefined
  const requestJira = createJira({ ...shared, jira: options.jira ?? { admins: [installation.accountId] } })
  const services = {
    kvs: createKvs({ ...shared, values: kvs, secrets }),
    sql: createSql({ ...shared, database }),
    events: createEvents({ ...shared, queue }),
    jira: createJiraHandler(requestJira),
    egress: createEgress({ ...shared, standIns: options.egress ?? {} }),
  }
  machine.serve({ running, services, faults, note })
  invoke = createInvoker({ ...shared, lambdas, onEnd: idle.changed }, running)
  const resolve = createResolver({ ...shared, invoke })
  const triggers = createTriggers({ ...shared, invoke })
  if (options.schedule === true) triggers.start()
  const page = await startPage({ ...shared, resolve, requestJira, port: options.port ?? 0 })

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    queue.close()
    await page.close()
    await machine.leave()
    await database?.close()
  }

  return {
    url: page.url,
    manifest,
    limits,
    kvs,
    secrets,
    database,
    log: entries,
    get accountId() {
      return installation.accountId
    },
    get license() {
      return installation.license
    },
    set license(license) {
      installation.license = license
    },
    signIn(accountId) {
      installation.accountId = accountId
    },
    resolve: (operation, payload, as = {}) => resolve(operation, payload, as.accountId ?? installation.accountId),
    tick: triggers.tick,
    invoke: (functionKey, args = [], caller = {}) =>
      invoke(functionKey, args, { moduleKey: functionKey, moduleType: 'core:consumer', ...caller }),
    kill: lambdas.kill,
    idle: (withinMs = defaultIdleMs) => idle.wait(withinMs),
    now,
    advance: clock.advance,
    setFaults: faults.set,
    counts: () => structuredClone(counts),
    resetCounts: () => void Object.assign(counts, createCounts()),
    install: (changes = {}) => install({ ...options, port: 0, ...changes }, machine),
    close: () => (closed ??= close()),
  }
}
