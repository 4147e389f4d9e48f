// Work: what admins and servers do with a process, such as sync, plan, approve, continue a run, change a policy.

import { DirectoryError, hour, minute, readPolicy, UsageError } from '@rollcall/core'
import type { ActionId, App, Plan, Policy } from '@rollcall/core'
import { kept, site } from '@rollcall/core/testing'
import { BrokenDatabase, type Process } from './process.js'
import { keptGroup } from './truth.js'
import type { Surroundings } from './surroundings.js'

/** Caches parsed policies, because there are few of them. */
const policies = new Map<string, Policy>()

/** Policies of the simulation, wide enough to change a few of thirty accounts. */
export function drawPolicy(
  { random, fate }: Surroundings,
  name: string,
  limits: Readonly<Record<string, number>> = {},
  { excludes, action }: { readonly excludes?: boolean; readonly action?: ActionId } = {},
): Policy {
  const suspends = random.chance(0.5)
  const document = {
    name,
    scope: suspends || action !== undefined ? 'organization' : { site, product: 'jira-software' },
    conditions:
      (excludes ?? fate.chance(0.3))
        ? { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': keptGroup } }] }
        : { 'inactive-for': '90d' },
    actions: [action ?? (suspends ? 'suspend-access' : 'revoke-product-access')],
    schedule: { every: '1 day', at: '07:00', timeZone: 'UTC', ...(fate.chance(0.5) ? { weekends: true } : {}) },
    approval: random.chance(0.8) ? 'automatic' : 'required',
    limits: {
      percent: random.pick([5, 20, 20, 20]),
      canaryAccounts: random.pick([1, 2, 5]),
      ...(random.chance(0.5) ? { take: random.between(1, 6) } : {}),
      ...(random.chance(0.5) ? { unknown: 50, refused: 50 } : {}),
      ...limits,
    },
  }
  const text = JSON.stringify(document)
  const known = policies.get(text)
  if (known !== undefined) return known
  const read = readPolicy(document)
  if (!('policy' in read)) throw new Error(read.problems.map(({ message }) => message).join())
  const policy = kept(read.policy)
  policies.set(text, policy)
  return policy
}

const expected = (error: unknown): boolean =>
  error instanceof UsageError || error instanceof DirectoryError || error instanceof BrokenDatabase

/** Does something with a process that may die meanwhile; then the call never returns. */
export async function attempt<Value>(process: Process, deed: () => Promise<Value>): Promise<Value | undefined> {
  const { world } = process
  const dead = new Promise<undefined>((resolve) => void process.whenDead.push(() => resolve(undefined)))
  const done = deed().catch((error: unknown) => {
    if (!expected(error))
      world.auditor.violate(`unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return undefined
  })
  return Promise.race([done, dead])
}

/** Approves a plan, and executes it for a while. */
export async function run(
  process: Process,
  plan: Pick<Plan, 'planId' | 'fingerprint'>,
  accepted: readonly string[] = [],
): Promise<void> {
  const { app, world } = process
  const answer = await app.approve(
    { planId: plan.planId, fingerprint: plan.fingerprint, accepted: accepted as never },
    process.name,
  )
  if ('refusals' in answer) return void (world.tally.refused += 1)
  await advanceRun(process, answer.run.runId)
}

/** Works on a run for a time slice; without a length, the seed decides. */
export async function advanceRun(process: Process, runId: Parameters<App['work']>[0], length?: number): Promise<void> {
  const { app, world } = process
  world.working.add(process)
  world.auditor.workBegins(process)
  try {
    await app.work(runId, { until: world.scheduler.now + (length ?? world.random.between(minute, 4 * hour)) })
  } finally {
    world.working.delete(process)
    world.auditor.workEnds(process)
  }
}

/** Syncs, and notifies the auditor. */
export async function takeRoll(process: Process): Promise<void> {
  const { world } = process
  world.auditor.syncBegins(process)
  const hidden = world.weather.emptied
  const snapshot = await process.app.sync(process.name)
  world.auditor.synced(process, snapshot)
  if (!world.auditor.old.has(snapshot.id) && snapshot.complete)
    world.usualSnapshots.push({ id: snapshot.id, at: snapshot.startedAt, hid: [hidden, world.weather.emptied] })
}

/** Plans from the admin's own policy file, which is not stored. */
export const planned = async (
  { app, world, name }: Process,
  limits?: Readonly<Record<string, number>>,
  more?: Parameters<typeof drawPolicy>[3],
) => (await app.planFile(drawPolicy(world, 'File', limits, more), name)).plan

/** Stores the policy, or another one in its place. */
export async function changePolicy({ app, world, name }: Process): Promise<void> {
  const changed = drawPolicy(world, 'Nightly')
  if (world.ledger.policies.has('Nightly')) world.bites['F17 policy changed after the plan'] += 1
  await app.importPolicy(changed, name)
}

/** Previews the stored policy. */
export const preview = async ({ app, name }: Process): Promise<Plan> => (await app.planStored('Nightly', name)).plan

export const enable = ({ app, name }: Process): Promise<unknown> => app.enablePolicy('Nightly', name)

/** Protects an account, or ends a protection. */
export async function protect({ app, world, name }: Process): Promise<void> {
  world.bites['F17 protected list changed after the plan'] += 1
  const id = world.random.pick(world.truth.quiet)
  const subject = world.fate.pick([id, id, `email:${id}@acme.example`, `group:${keptGroup}`])
  if (world.random.chance(0.8)) await app.protect({ subject, reason: 'leave' }, name)
  else await app.unprotect(subject, name)
}

export async function changeLimits({ app, world, name }: Process): Promise<void> {
  await app.setLimits({ reading: world.random.between(30, 61) }, name)
  world.bites['F17 limits changed after the plan'] += 1
}

/** Alters the newest stored plan directly in the database. */
export async function tamper({ world }: Process): Promise<void> {
  const [plan] = await world.store.plans(1)
  const [action] = plan?.actions ?? []
  if (plan === undefined || action === undefined || (await world.store.runOfPlan(plan.planId)) !== undefined) return
  const actions = [...plan.actions, { ...action, accountId: 'busy-0' as never }]
  world.ledger.altered.set(plan.planId, { ...plan, actions })
  world.bites['F17 stored plan altered'] += 1
}
