// Admins: they synchronize, plan, approve, undo, protect, change their minds, and press the stop switch. Two of them work
// at the same time, each with a process of their own that may die under their hands.

import {
  acceptableCodes,
  actionIds,
  day,
  DirectoryError,
  hour,
  minute,
  readPolicy,
  UsageError,
} from '../../packages/core/src/index.js'
import type { App, Plan, Policy } from '../../packages/core/src/index.js'
import { site } from '../../packages/core/src/testing/index.js'
import { loseTheWayBack } from './people.js'
import { BrokenDatabase, Process } from './process.js'
import type { World } from './world.js'

/** Policies of the simulation; wide enough that a handful of thirty people may be touched. */
export function drawPolicy({ random }: World, name: string): Policy {
  const suspends = random.chance(0.5)
  const document = {
    name,
    scope: suspends ? 'organization' : { site, product: 'jira-software' },
    conditions: { 'inactive-for': '90d' },
    actions: [suspends ? 'suspend-access' : 'revoke-product-access'],
    schedule: { every: '1 day', at: '07:00', timeZone: 'UTC', weekends: true },
    approval: random.chance(0.8) ? 'automatic' : 'required',
    limits: {
      percent: random.pick([5, 20, 20, 20]),
      budget: random.pick([10, 20, 20]),
      canaryAccounts: random.pick([1, 2, 5]),
      ...(random.chance(0.5) ? { take: random.between(1, 6) } : {}),
      ...(random.chance(0.5) ? { unknown: 50, refused: 50 } : {}),
    },
  }
  const read = readPolicy(document)
  if ('policy' in read) return read.policy
  throw new Error(read.problems.map(({ message }) => message).join())
}

const expected = (error: unknown): boolean =>
  error instanceof UsageError || error instanceof DirectoryError || error instanceof BrokenDatabase

/** Does something with a process that may die meanwhile: then it is never heard of again. */
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

/** Approves a plan, and works on it for a while. */
async function run(process: Process, plan: Plan, accepted: readonly string[]): Promise<void> {
  const { app, world } = process
  const answer = await app.approve(
    { planId: plan.planId, fingerprint: plan.fingerprint, accepted: accepted as never },
    process.name,
  )
  if ('refusals' in answer) return void (world.tally.refused += 1)
  await workOn(process, answer.run.runId)
}

/** Works on a run for a share of time. */
export async function workOn(process: Process, runId: Parameters<App['work']>[0]): Promise<void> {
  const { app, world } = process
  world.working.add(process)
  world.auditor.workBegins(process)
  try {
    await app.work(runId, { until: world.scheduler.now + world.random.between(minute, 4 * hour) })
  } finally {
    world.working.delete(process)
    world.auditor.workEnds(process)
  }
}

/** Synchronizes, and tells the auditor. */
export async function takeRoll(process: Process): Promise<void> {
  const { world } = process
  world.auditor.syncBegins(process)
  const snapshot = await process.app.sync(process.name)
  world.auditor.synced(process, snapshot)
  if (!world.auditor.old.has(snapshot.id) && snapshot.complete) world.usualSnapshots.push(snapshot.startedAt)
}

type Deed = (process: Process) => Promise<unknown>
const newestRun = async ({ world }: Process) => world.random.pick(await world.store.runs(3))

const deeds: Readonly<Record<string, readonly [weight: number, deed: Deed]>> = {
  sync: [5, takeRoll],
  planAndRun: [
    8,
    async (process) => {
      const { app, world } = process
      if (world.random.chance(0.5)) await takeRoll(process)
      const { plan } = await app.planFile(drawPolicy(world, 'File'), process.name)
      await world.scheduler.sleep(world.random.chance(0.7) ? 0 : world.random.between(0, 30 * hour), process)
      await run(process, plan, world.random.chance(0.3) ? acceptableCodes : [])
    },
  ],
  planPicked: [
    3,
    async (process) => {
      const { app, world } = process
      const action = world.random.pick(actionIds.filter((id) => !id.endsWith('group')))
      const accounts = [world.random.pick(world.truth.everybody), world.random.pick(world.truth.quiet)]
      const where = action.endsWith('product-access') ? { site, product: 'jira-software' } : {}
      const { plan } = await app.planPicked({ action, accounts, ...where }, process.name)
      await run(process, plan, [])
    },
  ],
  runOldPlan: [
    3,
    async (process) => {
      const { world } = process
      const plans = await world.store.plans(6)
      if (plans.length === 0) return
      const plan = world.random.pick(plans)
      if (world.scheduler.now - plan.createdAt > day) world.bites['F17 plan too old'] += 1
      if ((await world.store.runOfPlan(plan.planId)) !== undefined) world.bites['F13 one plan approved twice'] += 1
      await run(process, plan, world.random.chance(0.3) ? acceptableCodes : [])
    },
  ],
  undo: [
    4,
    async (process) => {
      const { app, world } = process
      const before = await newestRun(process).catch(() => undefined)
      if (before === undefined) return
      const { plan } = await app.planUndo(before.runId, process.name)
      world.undoing = true
      await run(process, plan, []).finally(() => (world.undoing = false))
    },
  ],
  runAndUndo: [
    6,
    async (process) => {
      const { app, world } = process
      await takeRoll(process)
      const { plan } = await app.planFile(drawPolicy(world, 'File'), process.name)
      await run(process, plan, acceptableCodes)
      const done = await world.store.runOfPlan(plan.planId)
      if (done === undefined) return
      if (world.random.chance(0.3)) loseTheWayBack(world)
      if (world.random.chance(0.3)) await world.scheduler.sleep(world.random.between(0, 20 * hour), process)
      const { plan: back } = await app.planUndo(done.runId, process.name)
      world.undoing = true
      await run(process, back, acceptableCodes).finally(() => (world.undoing = false))
    },
  ],
  discard: [
    1,
    async ({ app, world, name }) => {
      const [waiting] = await app.waiting()
      if (waiting !== undefined && world.random.chance(0.7)) await app.discard(waiting.plan.planId, name)
    },
  ],
  acceptWaiting: [
    3,
    async (process) => {
      const [waiting] = await process.app.waiting()
      if (waiting !== undefined)
        await run(process, waiting.plan, process.world.random.chance(0.7) ? acceptableCodes : [])
    },
  ],
  protect: [
    3,
    async ({ app, world, name }) => {
      world.bites['F17 protected list changed after the plan'] += 1
      const subject = world.random.pick(world.truth.quiet)
      if (world.random.chance(0.8)) await app.protect({ subject, reason: 'leave' }, name)
      else await app.unprotect(subject, name)
    },
  ],
  limits: [
    1,
    async ({ app, world, name }) => {
      await app.setLimits({ reading: world.random.between(30, 61) }, name)
      world.bites['F17 limits changed after the plan'] += 1
    },
  ],
  policy: [
    2,
    async ({ app, world, name }) => {
      const changed = drawPolicy(world, 'Nightly')
      const stored = await app.importPolicy(changed, name)
      world.bites['F17 policy changed after the plan'] += 1
      world.policyVersions.set('Nightly', stored.version)
      world.enabled.set('Nightly', stored.enabled)
      world.automatic = changed.approval === 'automatic'
    },
  ],
  preview: [
    2,
    async ({ app, world, name }) => {
      const { plan } = await app.planStored('Nightly', name)
      world.previewed.add(`Nightly ${plan.policyVersion}`)
      if (world.random.chance(0.8)) {
        await app.enablePolicy('Nightly', name)
        world.enabled.set('Nightly', true)
      }
    },
  ],
  disable: [
    1,
    async ({ app, world, name }) => {
      await app.disablePolicy('Nightly', name)
      world.enabled.set('Nightly', false)
    },
  ],
  stop: [
    2,
    async ({ app, world, name }) => {
      if (world.working.size > 0) world.bites['F25 stop switch during a run'] += 1
      await app.stop(name)
      await world.scheduler.sleep(world.random.between(minute, 2 * hour))
      await app.resume(name)
    },
  ],
  liftVeto: [
    1,
    async ({ app, world, name }) => {
      const vetoes = await app.vetoes()
      if (vetoes.length > 0) await app.liftVeto(world.random.pick(vetoes).accountId, name)
    },
  ],
  tamper: [
    1,
    async ({ world }) => {
      const [plan] = await world.store.plans(1)
      const [action] = plan?.actions ?? []
      if (plan === undefined || action === undefined || (await world.store.runOfPlan(plan.planId)) !== undefined) return
      // Somebody alters the stored plan behind our back.
      const actions = [...plan.actions, { ...action, accountId: 'busy-0' as never }]
      world.ledger.altered.set(plan.planId, { ...plan, actions })
      world.bites['F17 stored plan altered'] += 1
    },
  ],
}
const bag = Object.entries(deeds).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name))

/** Does so many things, with a new process whenever the old one has died. */
export async function workAsAdmin(world: World, name: string, count: number, until: number): Promise<void> {
  const { random, scheduler } = world
  let process = new Process(world, `${name}-0`)
  for (let n = 1; n <= count; n += 1) {
    await scheduler.sleep(
      random.chance(0.6) ? random.between(0, 20 * minute) : random.between(0, (until - scheduler.now) / 2),
    )
    if (!process.alive) process = new Process(world, `${name}-${n}`)
    const deed = random.pick(bag)
    world.note(`${process.name} ${deed}`)
    const [, act] = deeds[deed] as readonly [number, Deed]
    await attempt(process, () => act(process))
  }
}
