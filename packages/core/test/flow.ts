// Helpers that take a test from a list of people to a finished run.

import { acceptableCodes, type App, type RecordedFact, minute, type Plan, type RunId } from '../src/index.js'
import {
  memoryWorld,
  type MemoryWorldOptions,
  wideLimits,
  type MemoryWorld,
  organization,
  person,
  policy,
  type Person,
} from '../src/testing/index.js'

export const by = 'mia'
export const forever = { until: Number.MAX_SAFE_INTEGER }

/** The given number of people who work every day. They keep the percentage of inactive users low. */
export const activeUsers = (count: number): readonly Person[] =>
  Array.from({ length: count }, (_, n) => person(`busy-${n}`, { inactiveDays: 1 }))

/** The given number of people who have been inactive for 200 days or more, the least active first. */
export const inactiveUsers = (count: number): readonly Person[] =>
  Array.from({ length: count }, (_, n) => person(`inactive-${n}`, { inactiveDays: 300 - n }))

/** A world with the given people and sixty active users, whose organization leaves the limits to the policies. */
export const worldOf = (people: readonly Person[], options: MemoryWorldOptions = {}): MemoryWorld =>
  memoryWorld(organization([...people, ...activeUsers(60)]), { limits: wideLimits, ...options })

/** Syncs, then makes a plan from a policy. */
export async function syncAndPlan(
  { app }: { readonly app: App },
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  await app.sync(by)
  return (await app.planFile(policy(changes), by)).plan
}

/** Approves a plan, accepts every refusal that a person may accept, and works until the run ends or halts. */
export async function approveAndRun(app: App, { planId, fingerprint }: Plan) {
  const approved = await app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, by)
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ message }) => message).join(' '))
  await app.work(approved.run.runId, forever)
  return app.runStatus(approved.run.runId)
}

export const daily = { every: '1 day', at: '09:00', timeZone: 'UTC' }

/** Enables a policy that runs every day without approval, and lets its schedule fire for the first time. */
export async function fireScheduledPolicy(
  { app, system }: MemoryWorld,
  changes: Readonly<Record<string, unknown>> = {},
) {
  const read = policy({ schedule: daily, approval: 'automatic', ...changes })
  await app.importPolicy(read, by)
  await app.sync(by)
  await app.planStored(read.name, by)
  await app.enablePolicy(read.name, by)
  system.advance(61 * minute)
  const [run] = await app.fireDue(by)
  if (run === undefined) throw new Error('nothing fired')
  return { run, name: read.name }
}

/** The results of a run as `account: state`, in order. */
export const resultsOf = async (app: App, runId: string): Promise<readonly string[]> =>
  (await app.results(runId)).map(({ accountId, state }) => `${accountId}: ${state}`)
export const reasonsOf = async (app: App, runId: string): Promise<readonly (string | undefined)[]> =>
  (await app.results(runId)).map(({ reason }) => reason)

export async function factsOf(app: App): Promise<readonly RecordedFact[]> {
  const facts: RecordedFact[] = []
  for await (const { fact } of app.audit()) facts.push(fact)
  return facts
}

/** The groups, memberships and status of every account. */
export const stateOf = ({ organization: { people } }: MemoryWorld): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...people].map(([id, one]) => [
      id,
      { groups: [...one.groups].toSorted(), memberships: [...one.memberships].toSorted(), status: one.accountStatus },
    ]),
  )

export const asRunId = (text: string) => text as RunId
