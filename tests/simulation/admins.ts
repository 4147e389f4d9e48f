// Admins: they sync, plan, approve, undo, protect, change settings, and press the stop switch. Two of them work at the same
// time, each with their own process, which may die at any moment.

import { acceptableCodes, actionIds, actions, day, hour, minute } from '@rollcall/core'
import { site } from '@rollcall/core/testing'
import { loseTheWayBack } from './people.js'
import { Process } from './process.js'
import { scenes } from './scenes.js'
import {
  attempt,
  changeLimits,
  changePolicy,
  drawPolicy,
  enable,
  preview,
  protect,
  run,
  takeRoll,
  tamper,
} from './work.js'
import type { World } from './world.js'

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
      const action = world.random.pick(actionIds.filter((id) => actions[id].needs !== 'group'))
      const accounts = [world.random.pick(world.truth.everybody), world.random.pick(world.truth.quiet)]
      const where = actions[action].needs === 'product' ? { site, product: 'jira-software' } : {}
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
      if (world.random.chance(world.focus === 'runAndUndo' ? 0.9 : 0.3)) loseTheWayBack(world)
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
  protect: [3, protect],
  limits: [1, changeLimits],
  policy: [2, changePolicy],
  preview: [
    2,
    async (process) => {
      await preview(process)
      if (process.world.random.chance(0.8)) await enable(process)
    },
  ],
  disable: [1, ({ app, name }) => app.disablePolicy('Nightly', name)],
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
  tamper: [1, tamper],
}
const bag = Object.entries({ ...deeds, ...scenes }).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
)

export const adminDeeds: readonly string[] = Object.keys({ ...deeds, ...scenes })

/** Does a number of things, with a new process whenever the old one has died. */
export async function workAsAdmin(world: World, name: string, count: number, until: number): Promise<void> {
  const { random, scheduler } = world
  let process = new Process(world, `${name}-0`)
  for (let n = 1; n <= count; n += 1) {
    await scheduler.sleep(
      random.chance(0.6) ? random.between(0, 20 * minute) : random.between(0, (until - scheduler.now) / 2),
    )
    if (!process.alive) process = new Process(world, `${name}-${n}`)
    const deed = world.focused(random.pick(bag), n % 3 === 0 ? [] : adminDeeds)
    world.note(`${process.name} ${deed}`)
    const [, act] = { ...deeds, ...scenes }[deed] as readonly [number, Deed]
    await attempt(process, () => act(process))
  }
}
