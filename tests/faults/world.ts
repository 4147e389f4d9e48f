// The whole app over real HTTP and SQLite, with simulated time: it passes only when something waits, so long waits are instant.

import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { brandId, createApp, readPolicy } from '@rollcall/core'
import type { Plan, Refusal, Run } from '@rollcall/core'
import { startSimulator, type SimulatorOptions } from '@rollcall/simulator'
import { openDatabase, openPorts } from '@rollcall/server/open-ports'

export const by = 'mia'
const host = 'acme.atlassian.net'
export const forever = { until: Number.MAX_SAFE_INTEGER }
const start = Date.parse('2026-11-24T08:00:00Z')

/** The limits of the organization: wide, so that those of the policy decide. */
const wideLimits = { percent: 20, unknown: 50, refused: 50 }
const standardLimits = { percent: 5, unknown: 3, refused: 5 }

/** Frees the Jira seats of a few accounts; one unknown or refused account does not halt the run. */
export function policy({ limits, ...changes }: Record<string, unknown> = {}) {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site: host, product: 'jira-software' },
    conditions: { 'inactive-for': '90d' },
    actions: ['revoke-product-access'],
    limits: limits === undefined ? { take: 3, ...wideLimits } : { ...standardLimits, ...(limits as object) },
    ...changes,
  })
  if ('policy' in read) return read.policy
  throw new Error(read.problems.map(({ message }) => message).join())
}

/** Opens a world; `close` ends the simulator and removes the database. */
export async function openWorld(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ users: 120, now: new Date(start).toISOString(), ...options })
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-faults-'))
  const file = join(folder, 'rollcall.db')
  const { keys, id } = simulator.organization
  const control = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${simulator.url}/_simulator/${path}`, { method, ...sent })
    return (await response.json()) as Record<string, unknown>
  }
  await control('clock', { freeze: true })
  let [offset, waited] = [0, 0]
  const clock = { error: 0 }
  const system = {
    now: () => start + offset + clock.error,
    newId: () => randomUUID(),
    digest: async (text: string) => createHash('sha256').update(text).digest('hex'),
    async wait(ms: number) {
      ;[offset, waited] = [offset + ms, waited + ms]
      await control('clock', { advanceMs: Math.ceil(ms) })
    },
  }
  const closing: (() => Promise<void>)[] = []
  /** A second process, with its own connection to the database. */
  const process = async (key = keys.unscoped, requesters: readonly string[] = [], organizationId = id) => {
    const driver = new Database(file)
    const database = await openDatabase(file, () => driver)
    closing.push(database.close)
    const settings = {
      database: file,
      watermark: join(folder, 'rollcall.watermark'),
      atlassianUrl: simulator.url,
      organizationId,
      readKey: key,
      actKey: undefined,
      requestTimeout: 5000,
    }
    const ports = openPorts(database, settings, { ROLLCALL_MASTER_KEY: 'ab'.repeat(32) }, system)
    const owner = `process-${closing.length}`
    const app = createApp(ports, { organizationId: brandId(organizationId), owner, requesters: requesters as never })
    return { app, ports, driver }
  }
  const first = await process()
  await first.ports.store.putSetting('limits', JSON.stringify({ ...wideLimits, budget: 20 }))
  return {
    simulator,
    folder,
    file,
    control,
    system,
    clock,
    process,
    keys,
    ...first,
    waited: () => waited,
    /** The account as the simulator knows it. */
    truth: (accountId: string) => simulator.organization.byId.get(accountId),
    changesOf: (accountId: string) => (simulator.organization.byId.get(accountId)?.history ?? []).length,
    /** Adds a fault to the simulator; `hits` returns how often it occurred. */
    async fault(request: Readonly<Record<string, unknown>>) {
      const { id: number } = await control('faults', request)
      return async () => {
        const { faults } = (await control('faults')) as unknown as { faults: { id: number; hits: number }[] }
        return faults.find((one) => one.id === number)?.hits ?? 0
      }
    },
    async writes() {
      return ((await control('calls'))['writes'] as { accountId: string }[]).map(({ accountId }) => accountId)
    },
    async requests() {
      return Number((await control('calls'))['total'])
    },
    async close() {
      for (const close of closing) await close()
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>

/** Syncs and plans. */
export async function plan(
  { app }: Pick<World, 'app'>,
  changes: Record<string, unknown> = {},
): Promise<{ plan: Plan; refusals: readonly Refusal[] }> {
  await app.sync(by)
  return app.planFile(policy(changes), by)
}

/** Approves a plan, and throws when the guard refuses it. */
export async function approved(
  { app }: Pick<World, 'app'>,
  { planId, fingerprint }: Plan,
  accepted: readonly string[] = [],
): Promise<Run> {
  const approval = await app.approve({ planId, fingerprint, accepted: accepted as never }, by)
  if ('refusals' in approval) throw new Error(approval.refusals.map(({ code, cause }) => cause ?? code).join())
  return approval.run
}

/** Approves a plan and executes it to its end, and throws when the guard refuses it. */
export async function run(world: Pick<World, 'app'>, plan: Plan, accepted: readonly string[] = []) {
  const { runId } = await approved(world, plan, accepted)
  await world.app.work(runId, forever)
  return { ...(await world.app.runStatus(runId)), results: await world.app.results(runId) }
}

/** The codes with which the guard refuses a plan. */
export async function refused({ app }: Pick<World, 'app'>, { planId, fingerprint }: Plan): Promise<readonly string[]> {
  const approval = await app.approve({ planId, fingerprint }, by)
  return 'refusals' in approval ? approval.refusals.map(({ code, cause }) => cause ?? code) : []
}

export const suspending = { scope: 'organization', actions: ['suspend-access'] }
export const audited = async ({ app }: Pick<World, 'app'>) => (await app.verifyAudit()).ok
