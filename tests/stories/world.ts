// The world of a story: a simulated organization, and Rollcall connected to it with its own database.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountId, Plan, Refusal } from '@rollcall/core'
import { startSimulator, type SimulatorOptions } from '@rollcall/simulator'
import { connect } from '@rollcall/server/connect'
import { readPolicy } from '@rollcall/core'
import { openForgeWorld } from '../forge/world.js'

export const by = 'mia'
export const host = 'acme.atlassian.net'
/** Whether the stories run on the app inside Jira instead of the server. */
export const onForge = process.env['ROLLCALL_STORIES_ON'] === 'forge'

/** The self-hosted server's app over its own database. */
async function openServer(options: SimulatorOptions) {
  const simulator = await startSimulator(options)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const { keys, id } = simulator.organization
  const settings = {
    database: join(folder, 'rollcall.db'),
    atlassianUrl: simulator.url,
    organizationId: id,
    readKey: keys.unscoped,
    actKey: undefined,
  }
  process.env['ROLLCALL_MASTER_KEY_FILE'] = join(folder, 'master.key')
  const { app, close } = await connect(settings)
  return {
    simulator,
    settings,
    app,
    /** The app of another requester. */
    requestedBy: (accountId: AccountId) => connect({ ...settings, requester: accountId }),
    async close() {
      await close()
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a world; `close` ends the simulator and removes the database. The stories run on both hosts. */
export async function openWorld(options: SimulatorOptions = {}) {
  const given = { users: 400, now: new Date().toISOString(), ...options }
  const opened = onForge ? ((await openForgeWorld(given)) as unknown as ServerWorld) : await openServer(given)
  const { simulator } = opened
  const control = async (path: string, body?: unknown) => {
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await (await fetch(`${simulator.url}/_simulator/${path}`, post)).json()) as Record<string, unknown>
  }
  return {
    ...opened,
    control,
    /** The account as the simulator knows it. */
    truth: (accountId: string) => simulator.organization.byId.get(accountId),
    async writes() {
      return ((await control('calls'))['writes'] as { accountId: string; change: string }[]).map(
        ({ accountId }) => accountId,
      )
    },
  }
}
type ServerWorld = Awaited<ReturnType<typeof openServer>>
export type World = Awaited<ReturnType<typeof openWorld>>

/** The policy of the stories: it frees Jira seats unused for 90 days. */
export function policy(changes: Record<string, unknown> = {}) {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site: host, product: 'jira-software' },
    conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
    actions: ['revoke-product-access'],
    limits: { take: 8 },
    ...changes,
  })
  if ('policy' in read) return read.policy
  throw new Error(read.problems.map(({ message }) => message).join())
}

/** Syncs and plans. */
export async function plan(
  { app }: World,
  changes: Record<string, unknown> = {},
): Promise<{ plan: Plan; refusals: readonly Refusal[] }> {
  await app.sync(by)
  return app.planFile(policy(changes), by)
}

/** Approves a plan and executes it to its end. */
export async function run({ app }: World, { planId, fingerprint }: Plan) {
  const approved = await app.approve({ planId, fingerprint }, by)
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ message }) => message).join())
  await app.work(approved.run.runId, { until: Number.MAX_SAFE_INTEGER })
  return app.runStatus(approved.run.runId)
}
