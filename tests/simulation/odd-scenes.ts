// Odd scenes: data that Atlassian sends wrong or late for single accounts, and admins who act against each other. Each is
// played from beginning to end, as the other scenes are.

import { acceptableCodes, day, minute, second } from '@rollcall/core'
import { isDegraded } from './degradations.js'
import { Process } from './process.js'
import { joinKept, keptGroup, spoilings } from './truth.js'
import { calm, type Weather } from './weather.js'
import { advanceRun, attempt, planned, run, takeRoll } from './work.js'

type Scene = (process: Process) => Promise<unknown>
const few = { take: 2, percent: 20 }
const rest = (process: Process, least: number, below: number): Promise<void> =>
  process.world.scheduler.sleep(process.world.fate.between(least, below), process)

/** Atlassian sends dates of two accounts that cannot be. */
async function spoiltDates(process: Process): Promise<void> {
  const { truth, fate, scheduler } = process.world
  for (const id of truth.quiet.slice(0, 2))
    if (!truth.spoilt.has(id)) truth.spoilt.set(id, { kind: fate.pick(spoilings), since: scheduler.now })
  await rest(process, 2 * minute, 20 * minute)
  await takeRoll(process)
  await run(process, await planned(process, { percent: 20 }), acceptableCodes)
}

/** Planned accounts join the group that the policy excludes, and somebody renames the group. */
async function joinedExcluded(process: Process): Promise<void> {
  const { truth, scheduler } = process.world
  await takeRoll(process)
  const plan = await planned(process, few, { excludes: true })
  for (const { accountId } of plan.actions) joinKept(truth, accountId, scheduler.now)
  const groups = truth.organization.groups.map((one) => (one.name === keptGroup ? { ...one, name: 'kept' } : one))
  Object.assign(truth.organization, { groups })
  await rest(process, 3 * minute, 20 * minute)
  await run(process, plan, acceptableCodes)
}

/** Somebody stops a run that has changed an account, undoes it, and approves its plan once more. */
async function resumedAfterUndo(process: Process): Promise<void> {
  const { app, name } = process
  await takeRoll(process)
  const plan = await planned(process, { take: 4, percent: 20 })
  const { planId, fingerprint } = plan
  const approved = await app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, name)
  if ('refusals' in approved) return
  const { runId } = approved.run
  await advanceRun(process, runId, second)
  await app.stop(name)
  await app.resume(name)
  const { plan: back } = await app.planUndo(runId, name)
  await run(process, back, acceptableCodes)
  await run(process, plan, acceptableCodes)
}

/** An undo is approved and waits for a worker; meanwhile another plan takes access. */
async function undoWaits(process: Process): Promise<void> {
  const { app, world, name } = process
  await takeRoll(process)
  const plan = await planned(process, few)
  await run(process, plan, acceptableCodes)
  const done = await world.store.runOfPlan(plan.planId)
  if (done === undefined) return
  const { plan: back } = await app.planUndo(done.runId, name)
  const next = await planned(process, few)
  await app.approve({ planId: back.planId, fingerprint: back.fingerprint, accepted: [] }, name)
  await rest(process, 6 * minute, 20 * minute)
  await run(process, next, acceptableCodes)
}

/** Two admins change different limits at the same moment. */
async function twoLimits(process: Process): Promise<void> {
  const { world, name } = process
  const other = new Process(world, `${name}-other`)
  const [reading, veto] = [world.fate.between(30, 60), world.fate.between(31, 60)]
  await Promise.all([
    attempt(process, () => process.app.setLimits({ reading }, name)),
    attempt(other, () => other.app.setLimits({ veto }, other.name)),
  ])
  other.end()
}

/** The organization lowers a limit, below which the limits of a policy stay without effect. */
async function lowerLimit(process: Process): Promise<void> {
  await process.app.setLimits({ percent: 3 }, process.name)
  await takeRoll(process)
  await run(process, await planned(process, few), acceptableCodes)
}

/** Atlassian forbids the changes of some accounts, although the key works and everything else goes well. */
async function forbiddenOnes(process: Process): Promise<void> {
  const { world } = process
  const { weather, bites, scheduler, store, auditor } = world
  if (isDegraded(weather)) return
  const names = ['failing', 'strange', 'limited', 'lostBefore', 'lostAfter', 'conflict'] as const
  const before = Object.fromEntries(names.map((name) => [name, weather[name]])) as Partial<Weather>
  const refused = bites['F18 key refused']
  await takeRoll(process)
  const plan = await planned(process, { take: 4, percent: 20 })
  if (isDegraded(weather)) return
  Object.assign(weather, Object.fromEntries(names.map((name) => [name, 0])), {
    forbidden: true,
    degradedAt: scheduler.now,
  })
  await run(process, plan, acceptableCodes).finally(() =>
    Object.assign(weather, before, { forbidden: calm().forbidden }),
  )
  const done = await store.runOfPlan(plan.planId)
  if (done?.haltCause === 'credentials' && bites['F18 key refused'] === refused)
    auditor.violate('F38: one account that may not be changed stopped a run as a refused key does')
}

/** A policy deactivates; one of its accounts works in another organization, or Atlassian does not say. */
async function deactivation(process: Process): Promise<void> {
  const { truth, fate, scheduler } = process.world
  const one = truth.organization.people.get(fate.pick(truth.quiet.slice(0, 2)))
  if (one?.managed === true && !truth.outsideSince.has(one.accountId)) {
    const unknown = { kind: 'unknown', why: 'Atlassian does not say when' } as const
    one.activeOutside = fate.chance(0.5) ? { kind: 'at', at: scheduler.now - 2 * day } : unknown
    truth.outsideSince.set(one.accountId, scheduler.now)
  }
  await rest(process, 2 * minute, 20 * minute)
  await takeRoll(process)
  await run(process, await planned(process, few, { action: 'deactivate-account' }), acceptableCodes)
}

export const oddScenes: Readonly<Record<string, Scene>> = {
  spoiltDates,
  joinedExcluded,
  resumedAfterUndo,
  undoWaits,
  twoLimits,
  lowerLimit,
  forbiddenOnes,
  deactivation,
}
