// The host: puts the parts together and hands out what people, tests and the page may do with them.

import { resolve as absolute } from 'node:path'
import { createClock } from './clock.js'
import { createCounts, type Counts } from './counts.js'
import { createFaults, type Fault } from './faults.js'
import { createGauge } from './gauge.js'
import { createIdle } from './idle.js'
import type { Installation, License } from './installation.js'
import { createInvoker, type Caller, type Invocation, type Invoke } from './invocation.js'
import { createLambdas } from './lambdas.js'
import { limitsWith, type Limits } from './limits.js'
import { createLog, type LogEntry } from './log.js'
import { readManifest, type Manifest } from './manifest.js'
import type { ForgeHostOptions } from './options.js'
import { startPage } from './page/server.js'
import { createDatabase, type Database } from './platform/database.js'
import { createEgress } from './platform/egress.js'
import { createEvents } from './platform/events.js'
import { createJira, createJiraHandler } from './platform/jira.js'
import { createKvs } from './platform/kvs.js'
import { createKvsStore, type KvsStore } from './platform/kvs-store.js'
import { createQueue } from './platform/queue.js'
import { startProxy } from './platform/server.js'
import { createSql } from './platform/sql.js'
import { createResolver } from './resolver.js'
import { createTriggers } from './triggers.js'

export interface ForgeHost {
  /** The page as Jira shows it; /app/ below it is the framed app alone. */
  readonly url: string
  readonly manifest: Manifest
  readonly limits: Limits
  /** Who looks at the page. */
  readonly accountId: string
  license: License | undefined
  signIn(accountId: string): void
  /** Asks the page's resolver, as the bridge's invoke does. */
  resolve(operation: string, payload?: unknown, as?: { readonly accountId?: string }): Promise<unknown>
  /** Fires a scheduled trigger; without a key the only one. Undefined when a fault lost the firing. */
  tick(key?: string): Promise<unknown>
  /** Runs any function with any arguments. */
  invoke(functionKey: string, args?: readonly unknown[], caller?: Partial<Caller>): Promise<unknown>
  /** Ends what a function is running, at once, as too little memory would; says how many invocations that were. */
  kill(functionKey: string): number
  /** Resolves when nothing runs and no event waits; rejects after so many milliseconds (by default 30,000). */
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
  close(): Promise<void>
}

const defaultIdleMs = 30_000
const defaultParallel = 8

function installationOf(options: ForgeHostOptions): Installation {
  return {
    cloudId: '11111111-1111-4111-8111-111111111111',
    installationId: '22222222-2222-4222-8222-222222222222',
    environmentId: '33333333-3333-4333-8333-333333333333',
    environmentType: options.environmentType ?? 'DEVELOPMENT',
    appVersion: '1.0.0',
    siteUrl: 'https://local.atlassian.net',
    accountId: options.accountId ?? 'admin',
    license: options.license,
  }
}

/** Starts the app as the platform would run it, on 127.0.0.1. */
export async function startForgeHost(options: ForgeHostOptions): Promise<ForgeHost> {
  const limits = limitsWith(options.limits)
  const manifest = readManifest(options.appFolder, limits)
  const installation = installationOf(options)
  const clock = createClock()
  const { now, ahead } = clock
  const counts = createCounts()
  const { entries, note } = createLog(now, options.onLog)
  const faults = createFaults(options.faults ?? [], counts, note)
  const running = new Map<string, Invocation>()
  const kvs = createKvsStore(now)
  const secrets = createKvsStore(now)
  const gauge = createGauge(limits, counts, now)
  const shared = { manifest, installation, limits, counts, gauge, note, clock, faults, now }
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
  const askJira = createJira({ ...shared, jira: options.jira ?? { admins: [installation.accountId] } })
  const services = {
    kvs: createKvs({ ...shared, values: kvs, secrets }),
    sql: createSql({ ...shared, database }),
    events: createEvents({ ...shared, queue }),
    jira: createJiraHandler(askJira),
    egress: createEgress({ ...shared, standIns: options.egress ?? {} }),
  }
  const proxy = await startProxy({ running, services, faults, note })
  const [bundle, variables] = [absolute(options.bundle), options.variables ?? {}]
  const loadMs = limits.loadSeconds * 1000
  const lambdas = createLambdas(
    { bundle, variables, loadMs, ahead, egress: manifest.egress, warm: options.warm ?? false },
    proxy.url,
  )
  invoke = createInvoker({ ...shared, lambdas, proxyUrl: proxy.url, onEnd: idle.changed }, running)
  const resolve = createResolver({ ...shared, invoke })
  const triggers = createTriggers({ ...shared, invoke })
  if (options.schedule === true) triggers.start()
  const page = await startPage({ ...shared, resolve, askJira, port: options.port ?? 0 })

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    clock.close()
    queue.close()
    await page.close()
    await lambdas.close()
    await proxy.close()
    await database?.close()
  }

  return {
    ...{ url: page.url, manifest, limits, kvs, secrets, database, log: entries },
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
    close: () => (closed ??= close()),
  }
}
