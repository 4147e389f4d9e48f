// From people to a finished run in a few words: what the tests of the later steps share.

import { acceptableCodes, type App, type AuditFact, minute, type Plan, type RunId } from '../src/index.js'
import {
  type MemoryDirectoryOptions,
  memoryWorld,
  type MemoryWorld,
  organization,
  person,
  policy,
  type Person,
} from '../src/testing/index.js'

export const by = 'mia'
export const forever = { until: Number.MAX_SAFE_INTEGER }

/** So many people who work every day: they keep the shares low. */
export const crowd = (count: number): readonly Person[] =>
  Array.from({ length: count }, (_, n) => person(`busy-${n}`, { quietFor: 1 }))

/** So many people who have not been seen for 200 days and more, the least active first. */
export const quiet = (count: number): readonly Person[] =>
  Array.from({ length: count }, (_, n) => person(`quiet-${n}`, { quietFor: 300 - n }))

/** A world of quiet people among sixty who work. */
export const worldOf = (people: readonly Person[], options: Omit<MemoryDirectoryOptions, 'system'> = {}): MemoryWorld =>
  memoryWorld(organization([...people, ...crowd(60)]), options)

/** Synchronizes and plans by a policy. */
export async function planned(
  { app }: { readonly app: App },
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  await app.sync(by)
  return (await app.planFile(policy(changes), by)).plan
}

/** Approves a plan, with everything that a person may accept, and works until the run ends or halts. */
export async function ran(app: App, { planId, fingerprint }: Plan) {
  const approved = await app.approve({ planId, fingerprint, accepted: [...acceptableCodes] }, by)
  if ('refusals' in approved) throw new Error(approved.refusals.map(({ message }) => message).join(' '))
  await app.work(approved.run.runId, forever)
  return app.runStatus(approved.run.runId)
}

const daily = { every: '1 day', at: '09:00', timeZone: 'UTC' }

/** Enables a policy that runs by itself every day, and lets it fire for the first time. */
export async function firedIn({ app, system }: MemoryWorld, changes: Readonly<Record<string, unknown>> = {}) {
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

export async function factsOf(app: App): Promise<readonly AuditFact[]> {
  const facts: AuditFact[] = []
  for await (const { fact } of app.audit()) facts.push(fact)
  return facts
}

/** What can be seen of everybody: groups, memberships, status. */
export const stateOf = ({ organization: { people } }: MemoryWorld): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...people].map(([id, one]) => [
      id,
      { groups: [...one.groups].toSorted(), memberships: [...one.memberships].toSorted(), status: one.accountStatus },
    ]),
  )

export const asRunId = (text: string) => text as RunId
