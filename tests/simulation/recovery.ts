// Recovery: somebody restores a backup of the database at a random moment, and an admin reconciles it some time later.

import { hour, minute } from '@rollcall/core'
import { workAsAdmin } from './admins.js'
import { Process } from './process.js'
import { attempt, planned, run, takeRoll } from './work.js'
import type { World } from './world.js'

/** Reconciles, and notifies the auditor that a sync begins. */
export async function reconcile(process: Process): Promise<void> {
  process.world.auditor.syncBegins(process)
  await process.app.reconcile(process.name)
}

/** An admin then approves an earlier plan, and plans as much as the weekly budget allows. */
async function goOn(process: Process): Promise<void> {
  const { world } = process
  for (const plan of await world.store.plans(3))
    if ((await world.store.runOfPlan(plan.planId)) === undefined) await run(process, plan)
  await takeRoll(process)
  await run(process, await planned(process, { take: 6, percent: 20 }))
}

/** Makes a backup, restores it later, and tries to reconcile until it is done. */
export async function restoreBackup(world: World, until: number): Promise<void> {
  const { fate, scheduler, auditor } = world
  const rest = (most: number) => scheduler.sleep(fate.between(0, Math.max(minute, most)))
  await rest((until - scheduler.now) / 3)
  const [madeAt, backup] = [scheduler.now, world.backUp()]
  await rest((until - scheduler.now) / 2)
  world.note('restore')
  await world.restore(backup, madeAt)
  for (let tries = 0; auditor.age.isOlder && scheduler.now < until; tries += 1) {
    await rest(fate.chance(0.5) ? 10 * minute : 4 * hour)
    const process = new Process(world, `recoverer-${tries}`)
    await attempt(process, () => reconcile(process))
    process.end()
  }
  const next = new Process(world, 'next')
  await attempt(next, () => goOn(next))
  await workAsAdmin(world, 'cleo', fate.between(2, 6), until)
}
