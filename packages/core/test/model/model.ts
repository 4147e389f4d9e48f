// The model: the promises that must hold in any order of commands. It knows the true state at Atlassian and what has
// become durable, but not how core makes its decisions.

import type { AccountId, App, Change, Plan, Run, RunStatus, Step } from '../../src/index.js'
import { memoryWorld, type MemoryWorld, organization, person, wideLimits } from '../../src/testing/index.js'
import { activeUsers, inactiveUsers } from '../flow.js'

/** The permitted status changes of a run. */
const transitions: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  'awaiting-approval': [
    'awaiting-approval',
    'quarantined',
    'discarded',
    'executing',
    'finished',
    'stopped',
    'cancelled',
  ],
  quarantined: ['quarantined', 'discarded', 'executing', 'finished', 'stopped', 'cancelled'],
  discarded: ['discarded'],
  executing: ['executing', 'finished', 'stopped', 'quarantined', 'cancelled'],
  finished: ['finished'],
  stopped: ['stopped', 'executing', 'finished', 'quarantined', 'cancelled'],
  cancelled: ['cancelled'],
}
const terminal: readonly Step['state'][] = ['applied', 'skipped', 'failed', 'unknown', 'not-attempted']

export interface Real {
  readonly world: MemoryWorld
  app: App
  processes: number
}

/** How often each kind of command succeeded, and how often it changed something at Atlassian. */
export interface Tally {
  readonly done: Map<string, number>
  readonly changed: Map<string, number>
}
export const newTally = (): Tally => ({ done: new Map(), changed: new Map() })

export interface Model {
  readonly tally: Tally
  stopped: boolean
  readonly protectedAt: Set<string>
  readonly activeSince: Map<string, number>
  readonly statuses: Map<string, RunStatus>
  readonly ended: Map<string, Step>
  arrived: number
  plans: number
}

export const newModel = (tally: Tally): Model => ({
  tally,
  stopped: false,
  protectedAt: new Set(),
  activeSince: new Map(),
  statuses: new Map(),
  ended: new Map(),
  arrived: 0,
  plans: 0,
})

export function newReal(spoil: (world: MemoryWorld) => void = () => undefined): Real {
  const people = [
    ...inactiveUsers(5),
    ...activeUsers(25),
    person('service', { name: 'Backup Service', inactiveDays: 300 }),
  ]
  const world = memoryWorld(organization(people), { limits: { ...wideLimits, budget: 20 } })
  spoil(world)
  return { world, app: world.process().app, processes: 0 }
}

const removesAccess = ({ kind }: Change) => kind === 'suspend' || kind === 'remove-from-group' || kind === 'deactivate'
const must = (condition: boolean, message: string): void => {
  if (!condition) throw new Error(message)
}

/** Checks every promise after a command. `mayChange` says whether the command may change accounts. */
export async function check(model: Model, { world }: Real, mayChange: boolean): Promise<void> {
  const { directory, ports } = world
  const fresh = directory.arrived.slice(model.arrived)
  model.arrived = directory.arrived.length
  must(mayChange || fresh.length === 0, `${fresh.length} changes were sent by a command that only reads`)
  must(
    !model.stopped || !fresh.some(({ change }) => removesAccess(change)),
    'a change that removes access was sent though the stop switch was on',
  )
  const runs = await ports.store.runs(999)
  const steps = new Map<Run, readonly Step[]>()
  for (const run of runs) steps.set(run, await ports.store.steps(run.runId))
  for (const { change } of fresh) {
    const by = [...steps.entries()].flatMap(([run, all]) =>
      all
        .filter(
          (step) =>
            step.accountId === change.accountId &&
            step.changes.some((one) => JSON.stringify(one) === JSON.stringify(change)),
        )
        .map((step) => [run, step] as const),
    )
    must(by.length > 0, `${change.kind} of ${change.accountId} without an intent`)
    if (!removesAccess(change)) continue
    must(!model.protectedAt.has(change.accountId), `${change.accountId} is protected and was changed`)
    must(!/^(admin|service)/.test(change.accountId), `${change.accountId} is always protected and was changed`)
    const plans = await Promise.all(by.map(([run]) => ports.store.plan(run.planId)))
    const since = model.activeSince.get(change.accountId) ?? 0
    must(
      plans.some((plan) => plan !== undefined && (plan.source === 'undo' || plan.createdAt >= since)),
      `${change.accountId} was active since the plan and was changed`,
    )
  }
  await checkRuns(model, steps, world)
}

async function checkRuns(model: Model, steps: ReadonlyMap<Run, readonly Step[]>, { ports }: MemoryWorld) {
  for (const [run, all] of steps) {
    const before = model.statuses.get(run.runId)
    if (before !== undefined)
      must(transitions[before].includes(run.status), `a run went from ${before} to ${run.status}`)
    model.statuses.set(run.runId, run.status)
    const plan = (await ports.store.plan(run.planId)) as Plan
    must(all.length <= plan.actions.length, 'a run has more steps than its plan has actions')
    if (run.status === 'finished')
      must(
        all.filter(({ state }) => terminal.includes(state)).length === plan.actions.length,
        'a finished run left out an account',
      )
    for (const step of all) {
      const key = `${step.runId} ${step.position}`
      const known = model.ended.get(key)
      if (known !== undefined)
        must(JSON.stringify(known) === JSON.stringify(step), `a step that had ended changed: ${key}`)
      if (terminal.includes(step.state)) model.ended.set(key, step)
      if (step.state === 'applied') must(step.intentAt !== undefined, 'a step was applied without an intent')
    }
    const seen = new Set<string>()
    for (const step of all.filter(({ state }) => state === 'applied')) {
      must(!seen.has(step.accountId), `${step.accountId} was changed twice by one plan`)
      seen.add(step.accountId)
    }
  }
}

export const accounts = Array.from({ length: 5 }, (_, n) => `inactive-${n}` as AccountId)
