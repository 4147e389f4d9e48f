// Recovery: somebody restores a backup of the database at a random moment, and an admin reconciles it some time later.

import { acceptableCodes, hour, minute, type RunId, second } from '@rollcall/core'
import { workAsAdmin } from './admins.js'
import { Process } from './process.js'
import { advanceRun, attempt, planned, run, takeRoll } from './work.js'
import type { World } from './world.js'

/** Reconciles, and notifies the auditor that a sync begins. */
export async function reconcile(process: Process): Promise<void> {
  process.world.auditor.syncBegins(process)
  await process.app.reconcile(process.name)
}

/** An admin then approves an earlier plan, and plans as much as the weekly budget allows. */
async function goOn(process: Process): Promise<void> {
  const { world } = process
  for (const plan of await world.store.plans(5))
    if ((await world.store.runOfPlan(plan.planId)) === undefined) await run(process, plan, acceptableCodes)
  await takeRoll(process)
  await run(process, await planned(process, { take: 6, percent: 20 }))
}

/** Leaves a plan open, or a run that has begun, which the backup contains. */
async function leaveAPlan(process: Process): Promise<RunId | undefined> {
  await takeRoll(process)
  const { planId, fingerprint } = await planned(process, { take: 6, percent: 20 })
  if (process.world.fate.chance(0.4)) return undefined
  const approved = await process.app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, process.name)
  if (!('run' in approved)) return undefined
  await advanceRun(process, approved.run.runId, second)
  return approved.run.runId
}

/** A worker finds the runs that execute in the restored database, before anybody reconciles. */
async function goOnAtOnce(world: World): Promise<void> {
  const worker = new Process(world, 'worker')
  await attempt(worker, async () => {
    for (const { runId } of await worker.app.executing()) await advanceRun(worker, runId)
  })
  worker.end()
}

/** Makes a backup, restores it later, and tries to reconcile until it is done. */
export async function restoreBackup(world: World, until: number): Promise<void> {
  const { fate, scheduler, auditor } = world
  const rest = (most: number) => scheduler.sleep(fate.between(0, Math.max(minute, most)))
  await rest((until - scheduler.now) / 3)
  const planner = new Process(world, 'planner')
  const begun = await attempt(planner, () => leaveAPlan(planner))
  const [madeAt, backup] = [scheduler.now, world.backUp()]
  // The run goes on, so that the backup lacks what it did since.
  if (begun !== undefined) await attempt(planner, () => advanceRun(planner, begun, second))
  planner.end()
  await rest(fate.chance(0.4) ? second : (until - scheduler.now) / 2)
  world.note('restore')
  await world.restore(backup, madeAt)
  if (fate.chance(0.5)) await goOnAtOnce(world)
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
