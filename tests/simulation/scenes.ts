// Scenes: the situations for which guardrails exist, each played by an admin from beginning to end. By chance alone, some
// of them would occur about once in a thousand seeds.

import { acceptableCodes, type Change, day, hour, minute, second } from '@rollcall/core'
import { mainDirectory, site } from '@rollcall/core/testing'
import { degrade } from './degradations.js'
import { oddScenes } from './odd-scenes.js'
import { loseAnAdmin } from './people.js'
import { Process } from './process.js'
import { beActive } from './truth.js'
import {
  attempt,
  changeLimits,
  changePolicy,
  enable,
  planned,
  preview,
  protect,
  run,
  takeRoll,
  tamper,
  advanceRun,
} from './work.js'
import type { Weather } from './weather.js'

type Scene = (process: Process) => Promise<unknown>
const few = { take: 2, percent: 20 }
const rest = (process: Process, least: number, below: number): Promise<void> =>
  process.world.scheduler.sleep(process.world.random.between(least, below), process)

/** Syncs while Atlassian returns wrong data. */
async function takeRollIn(process: Process, weather: Partial<Weather>, calm: Partial<Weather>): Promise<void> {
  const { world } = process
  Object.assign(world.weather, weather)
  await takeRoll(process).finally(() => Object.assign(world.weather, calm))
}

/** Something that a plan depends on changes after planning, a while before the approval. */
const changedSince =
  (change: Scene): Scene =>
  async (process) => {
    await takeRoll(process)
    const plan = await planned(process, few)
    await change(process)
    await rest(process, 6 * minute, hour)
    await run(process, plan)
  }

const played: Readonly<Record<string, Scene>> = {
  alteredSince: changedSince(tamper),
  protectedSince: changedSince(protect),
  limitsSince: changedSince(changeLimits),
  stoppedSince: changedSince(async (process) => {
    const { app, name } = process
    await app.stop(name)
    const soon = process.world.random.between(hour, 3 * hour)
    void process.world.scheduler.sleep(soon).then(() => process.world.resume('pager').catch(() => undefined))
  }),
  async disabledSince(process) {
    const { app, name } = process
    await takeRoll(process)
    const plan = await preview(process)
    await app.disablePolicy('Nightly', name)
    await rest(process, 6 * minute, hour)
    await run(process, plan)
  },
  async policySince(process) {
    await takeRoll(process)
    const old = await preview(process)
    await changePolicy(process)
    await preview(process)
    await enable(process)
    await rest(process, 6 * minute, hour)
    await run(process, old)
  },
  async oldUndo(process) {
    const { app, world, name } = process
    await takeRoll(process)
    const plan = await planned(process, few)
    await run(process, plan)
    const done = await world.store.runOfPlan(plan.planId)
    if (done === undefined) return
    const { plan: back } = await app.planUndo(done.runId, name)
    await rest(process, 25 * hour, 40 * hour)
    world.bites['F17 plan too old'] += 1
    await run(process, back)
  },
  async oldSnapshot(process) {
    await takeRoll(process)
    await rest(process, 14 * hour, 23 * hour)
    const plan = await planned(process, few)
    await rest(process, 11 * hour, 23 * hour)
    await run(process, plan)
  },
  async oldDates(process) {
    await takeRoll(process)
    await takeRollIn(process, { oldDates: true }, { oldDates: false })
    await run(process, await planned(process, few))
  },
  async everybody(process) {
    await takeRollIn(process, { oldDates: true }, { oldDates: false })
    await run(process, await planned(process, { take: 20, percent: 20 }), acceptableCodes)
  },
  async lostPage(process) {
    await takeRollIn(process, { pageLost: true }, { pageLost: false })
    await run(process, await planned(process, few))
  },
  async lostAdmin(process) {
    loseAnAdmin(process.world)
    await takeRoll(process)
    await run(process, await planned(process, few))
  },
  /** All planned accounts become active, so the run changes nothing, but the weekly budget is still charged. */
  async chargedForNothing(process) {
    const { world } = process
    for (let times = 0; times < 2; times += 1) {
      await takeRoll(process)
      const plan = await planned(process, few)
      for (const { accountId } of plan.actions) beActive(world.truth, accountId, world.scheduler.now)
      await run(process, plan)
    }
  },
  /** A person reverses a change, and an admin plans it again. */
  async takenBack(process) {
    const { world } = process
    for (let times = 0; times < 2; times += 1) {
      await takeRoll(process)
      await run(process, await planned(process, few))
      await rest(process, minute, hour)
      const ours = (one: { readonly by: string; readonly effective: boolean; readonly change: Change }) =>
        one.by === 'rollcall' && one.effective
      const change = world.truth.done.findLast(ours)?.change
      if (change !== undefined) world.giveBack(change)
      await rest(process, 2 * minute, hour)
    }
  },
  /** Between plan and run, somebody else suspends the account, or the account becomes active. */
  async overtaken(process) {
    const { world } = process
    await takeRoll(process)
    const picked = { action: 'suspend-access' as const, accounts: world.truth.quiet.slice(0, 2) }
    const byHand = world.random.chance(0.5)
    const plan = byHand ? (await process.app.planPicked(picked, process.name)).plan : await planned(process, few)
    const [first] = plan.actions
    if (first === undefined) return
    if (world.random.chance(0.5)) beActive(world.truth, first.accountId, world.scheduler.now)
    else
      world.truth.make(
        { kind: 'suspend', accountId: first.accountId, directoryId: mainDirectory },
        'person',
        world.scheduler.now,
      )
    await rest(process, 2 * minute, day / 2)
    await run(process, plan)
  },
}

/** A column is empty, or a value null, while Rollcall syncs or while it acts. */
async function degradedWorld(process: Process): Promise<void> {
  const { world } = process
  await takeRoll(process)
  const early = world.fate.chance(0.5) ? await planned(process, few) : undefined
  const end = degrade(world)
  try {
    if (early === undefined) await takeRoll(process)
    await rest(process, 2 * minute, 20 * minute)
    await run(process, early ?? (await planned(process, few)), acceptableCodes)
  } finally {
    end()
  }
}

/** A bad network during a run. */
async function onABadLine(process: Process): Promise<void> {
  const { weather, random } = process.world
  await takeRoll(process)
  const plan = await planned(process, { take: 3, percent: 20 })
  const kind = random.pick(['lostAfter', 'lostBefore', 'failing', 'conflict'] as const)
  const before = weather[kind]
  weather[kind] = 0.5
  await run(process, plan).finally(() => (weather[kind] = before))
}

/** Two workers on one run; one of them sometimes sleeps past its lease. */
async function asleepAtWork(process: Process): Promise<void> {
  const { world, name } = process
  const { random, scheduler } = world
  await takeRoll(process)
  const plan = await planned(process, { take: 3, percent: 20 })
  const deputy = new Process(world, `${name}-deputy`)
  process.sleep = deputy.sleep = random.chance(0.5) ? { at: 'putStep', chance: 0.3 } : { at: undefined, chance: 0.05 }
  const helps = async (): Promise<void> => {
    for (let times = 0; times < 5; times += 1) {
      await scheduler.sleep(random.between(10 * second, 3 * minute), deputy)
      const done = await world.store.runOfPlan(plan.planId)
      if (done !== undefined) await advanceRun(deputy, done.runId)
    }
  }
  void attempt(deputy, helps)
  await run(process, plan).finally(() => (process.sleep = undefined))
}

/** The worker sleeps, no other one takes over, and meanwhile everything changes. */
async function changedWhileAsleep(process: Process): Promise<void> {
  const { world, name } = process
  const { random, scheduler, truth } = world
  await takeRoll(process)
  const plan = await planned(process, few)
  const other = new Process(world, `${name}-other`)
  process.sleep = random.chance(0.5) ? { at: 'putStep', chance: 0.4 } : { at: 'claimLease', chance: 0.3 }
  const changes = async (): Promise<void> => {
    await scheduler.sleep(random.between(10 * second, 3 * minute), other)
    for (const { accountId } of plan.actions) beActive(truth, accountId, scheduler.now)
    if (random.chance(0.5)) await changeLimits(other)
  }
  void attempt(other, changes)
  await run(process, plan).finally(() => (process.sleep = undefined))
}

/** Between a run and its undo somebody else removes more access, which the undo must not claim to have restored. */
async function lostMeanwhile(process: Process): Promise<void> {
  const { app, world, name } = process
  const { truth, scheduler } = world
  await takeRoll(process)
  const plan = await planned(process, few)
  await run(process, plan)
  const done = await world.store.runOfPlan(plan.planId)
  const accountId = plan.actions[0]?.accountId
  const person = accountId === undefined ? undefined : truth.organization.people.get(accountId)
  if (done === undefined || accountId === undefined || person === undefined) return
  const group = truth.organization.groups.find(({ id }) => person.groups.has(id))
  if (group !== undefined && person.memberships.has(group.directoryId)) {
    const { id: groupId, directoryId } = group
    truth.make({ kind: 'remove-from-group', accountId, directoryId, groupId }, 'person', scheduler.now)
  } else truth.make({ kind: 'suspend', accountId, directoryId: mainDirectory }, 'person', scheduler.now)
  await rest(process, 2 * minute, hour)
  const { plan: back } = await app.planUndo(done.runId, name)
  await run(process, back)
}

/** An active account loses a product, and the next sync does not list the account, or reads another organization. */
async function forgotten(process: Process): Promise<void> {
  const { app, world, name } = process
  await takeRoll(process)
  const worker = world.truth.everybody.filter((id) => id.startsWith('busy')).at(-1)
  if (worker === undefined) return
  const where = { site, product: 'jira-software' }
  const { plan } = await app.planPicked({ action: 'revoke-product-access', accounts: [worker], ...where }, name)
  await run(process, plan)
  if (world.random.chance(0.5)) await takeRollIn(process, { pageLost: true }, { pageLost: false })
  else await takeRollIn(process, { otherOrganization: true }, { otherOrganization: false })
  await takeRoll(process)
  await run(process, await planned(process, few))
}

export const scenes: Readonly<Record<string, readonly [weight: number, scene: Scene]>> = Object.fromEntries(
  Object.entries({
    ...played,
    degradedWorld,
    onABadLine,
    asleepAtWork,
    changedWhileAsleep,
    lostMeanwhile,
    forgotten,
    ...oddScenes,
  }).map(([name, scene]) => [name, [3, scene] as const]),
)
