// kill -9 at every call, before and after its effect: Rollcall changes no account twice, forgets none, and logs the truth.

import { describe, expect, it } from 'vitest'
import { day, type Lease, leaseLength, minute, type Plan, second, type Step } from '../src/index.js'
import {
  Crash,
  type Death,
  group,
  jira,
  mainDirectory,
  memoryWorld,
  type MemoryWorld,
  organization,
  type Person,
  person,
} from '../src/testing/index.js'
import {
  by,
  activeUsers,
  factsOf,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  reasonsOf,
  resultsOf,
  stateOf,
  worldOf,
} from './flow.js'

const people = 3
type Option = readonly [what: string, policy: Readonly<Record<string, unknown>>, lag: number]
const options: readonly Option[] = [
  ['revoking a product', {}, 0],
  ['revoking a product that Atlassian shows late', {}, 5 * second],
  ['deactivating accounts', { scope: 'organization', actions: ['deactivate-account'] }, 0],
]

/** The next process starts at once on the same machine, or on another machine after the lease has expired. */
type Next = 'at once' | 'after the lease'
function nextProcess({ process, system }: MemoryWorld, next: Next) {
  if (next === 'at once') return process(undefined, { owner: 'worker' })
  system.advance(leaseLength + second)
  return process()
}

interface Prepared {
  readonly world: MemoryWorld
  readonly plan: Plan
}

/** A world with a plan. Each kill happens in a copy of it. */
async function prepare(world: MemoryWorld, changes: Readonly<Record<string, unknown>> = {}): Promise<Prepared> {
  return { world, plan: await syncAndPlan(world, changes) }
}
const prepareOption = ([, changes, lag]: Option) => prepare(worldOf(inactiveUsers(people), { lag }), changes)

/** Runs in a process that dies at the given call, then in a new process that continues. */
async function killed(death: Death, prepared: Prepared, next: Next = 'at once') {
  const { plan } = prepared
  const world = await prepared.world.copy()
  const before = stateOf(world)
  const first = world.process(death, { owner: 'worker' })
  const died = await approveAndRun(first.app, plan).then(
    () => false,
    (error: unknown) => {
      if (error instanceof Crash) return true
      throw error
    },
  )
  const [step] = (await world.app.runs(1)).map(({ runId }) => world.ports.store.steps(runId))
  const sent = (await step)?.some(({ state, sentAt }) => state === 'sent' && sentAt !== undefined) ?? false
  const unseen = sent && world.directory.arrived.length < ((await step)?.length ?? 0)
  const run = await approveAndRun(nextProcess(world, next).app, plan)
  return { world, plan, before, died, unseen, run, calls: first.calls() }
}

type Killed = Awaited<ReturnType<typeof killed>>

/** Checks that every account has one intent and one result, and that `unknown` of the changes were not sent again. */
async function verify({ world, plan, run }: Killed, unknown = 0): Promise<void> {
  expect([run.status, run.counts]).toEqual([
    'finished',
    { applied: people - unknown, skipped: 0, failed: 0, unknown, notAttempted: 0 },
  ])
  const planned = plan.actions.map((one) => one.accountId)
  const arrived = world.directory.arrived.map(({ change }) => change.accountId)
  expect(new Set(arrived).size).toBe(arrived.length)
  expect(arrived).toHaveLength(people - unknown)
  const facts = (await factsOf(world.app)).filter((fact) => fact.runId !== undefined)
  const logged = (event: string) => facts.filter((fact) => fact.event === event).map((fact) => fact.subject)
  expect(logged('intent')).toEqual(planned)
  expect(logged('result')).toEqual(planned)
  expect(logged('run-finished')).toHaveLength(1)
  for (const accountId of planned) {
    const order = facts.filter((fact) => fact.subject === accountId).map((fact) => fact.event)
    expect(order.filter((event) => event !== 'resent')).toEqual(['intent', 'result'])
  }
  expect((await world.app.verifyAudit()).ok).toBe(true)
}

describe.each(options)('a process that is killed while %s', (...option) => {
  it.each(['before', 'after'] as const)('%s the effect of any call is completed by the next process', async (when) => {
    const prepared = await prepareOption(option)
    const { calls } = await killed({ at: Infinity, when }, prepared)
    expect(calls).toBeGreaterThan(40)
    let died = 0
    for (let at = 1; at <= calls; at += 1) {
      const outcome = await killed({ at, when }, prepared)
      died += outcome.died ? 1 : 0
      await verify(outcome)
    }
    expect(died).toBeGreaterThan(calls - 3)
  })

  it('and replaced after its lease loses no account, and a change that may have been sent ends unknown', async () => {
    const prepared = await prepareOption(option)
    const { calls } = await killed({ at: Infinity, when: 'after' }, prepared)
    let unseen = 0
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= calls; at += 1) {
        const outcome = await killed({ at, when }, prepared, 'after the lease')
        unseen += outcome.unseen ? 1 : 0
        await verify(outcome, outcome.unseen ? 1 : 0)
      }
    expect(unseen).toBe(people) // once for each account: between the mark and the request
  })
})

it('a run whose processes are killed again and again still finishes with a result for every account', async () => {
  const prepared = await prepare(worldOf(inactiveUsers(people)))
  const { plan } = prepared
  for (const step of [5, 11, 17, 23]) {
    const world = await prepared.world.copy()
    for (let at = step; at < step * 12; at += step) {
      await approveAndRun(world.process({ at, when: at % 2 ? 'before' : 'after' }).app, plan).catch(
        (error: unknown) => {
          expect(error).toBeInstanceOf(Crash)
        },
      )
      world.system.advance(leaseLength + second)
    }
    const run = await approveAndRun(world.process().app, plan)
    expect([run.status, run.counts.applied + run.counts.unknown]).toEqual(['finished', people])
    expect(
      new Set(world.directory.arrived.filter((one) => one.effective).map(({ change }) => change.accountId)).size,
    ).toBe(world.directory.arrived.filter((one) => one.effective).length)
    expect((await world.app.verifyAudit()).ok).toBe(true)
  }
})

describe('a process that is killed', () => {
  const memberOfTwo = () => person('inactive-0', { groups: ['jira-users', 'jira-testers'] })

  it('between the two changes of one account lets the next process make both, once each', async () => {
    const prepared = await prepare(worldOf([memberOfTwo()]))
    const { plan } = prepared
    const { app, calls } = (await prepared.world.copy()).process()
    await approveAndRun(app, plan)
    for (let at = 1; at <= calls(); at += 1)
      for (const when of ['before', 'after'] as const) {
        const world = await prepared.world.copy()
        await approveAndRun(world.process({ at, when }, { owner: 'worker' }).app, plan).catch(() => undefined)
        expect((await approveAndRun(nextProcess(world, 'at once').app, plan)).counts.applied).toBe(1)
        expect(world.directory.arrived).toHaveLength(2)
        expect(world.organization.people.get('inactive-0')?.groups.size).toBe(0)
      }
  })

  it('between the two changes of one account lets a process after the lease repeat no change', async () => {
    const states: (string | undefined)[] = []
    const prepared = await prepare(worldOf([memberOfTwo()]))
    const { plan } = prepared
    const first = (await prepared.world.copy()).process()
    await approveAndRun(first.app, plan)
    for (let at = 1; at <= first.calls(); at += 1) {
      const world = await prepared.world.copy()
      await approveAndRun(world.process({ at, when: 'after' }).app, plan).catch(() => undefined)
      const { runId } = await approveAndRun(nextProcess(world, 'after the lease').app, plan)
      states.push((await world.app.results(runId))[0]?.state)
      const arrived = world.directory.arrived.map(({ change }) => JSON.stringify(change))
      expect(new Set(arrived).size).toBe(arrived.length)
      if (states.at(-1) === 'applied') expect(arrived).toHaveLength(2)
    }
    expect(states.filter((state) => state !== 'applied')).toEqual(['unknown', 'unknown']) // one for each change
  })

  it('during an undo lets the next process finish the undo', async () => {
    const finished = worldOf(inactiveUsers(people))
    const before = stateOf(finished)
    const run = await approveAndRun(finished.app, await syncAndPlan(finished))
    await finished.app.sync(by)
    const { plan } = await finished.app.planUndo(run.runId, by)
    const process = (await finished.copy()).process()
    await approveAndRun(process.app, plan)
    for (let at = 1; at <= process.calls(); at += 3) {
      const world = await finished.copy()
      await approveAndRun(world.process({ at, when: 'after' }).app, plan).catch(() => undefined)
      world.system.advance(leaseLength + second)
      expect((await approveAndRun(world.process().app, plan)).counts.applied).toBe(people)
      expect(stateOf(world)).toEqual(before)
    }
  })

  it('during a sync leaves no finished snapshot, and the next sync is complete', async () => {
    const unread = memoryWorld(organization([...inactiveUsers(people), ...activeUsers(60)]))
    const process = (await unread.copy()).process()
    await process.app.sync(by)
    for (let at = 1; at < process.calls(); at += 1) {
      const world = await unread.copy()
      await expect(world.process({ at, when: 'after' }).app.sync(by)).rejects.toThrow(Crash)
      const [newest] = await world.ports.store.snapshots(1)
      expect(newest === undefined || newest.complete).toBe(true)
      expect(await world.app.sync(by)).toMatchObject({ complete: true, accounts: 65, inactive: people, admins: 2 })
    }
  })

  it('long ago causes no duplicate log entries, even after many entries of others', async () => {
    const prepared = await prepare(worldOf(inactiveUsers(3)))
    const { plan } = prepared
    const process = (await prepared.world.copy()).process()
    await approveAndRun(process.app, plan)
    for (let at = 1; at <= process.calls(); at += 1) {
      const world = await prepared.world.copy()
      await approveAndRun(world.process({ at, when: 'after' }).app, plan).catch(() => undefined)
      for (let n = 0; n < 450; n += 1) await world.ports.auditLog.append({ at: n, actor: 'noah', event: 'planned' })
      world.system.advance(leaseLength + second)
      await approveAndRun(world.process().app, plan)
      const facts = await factsOf(world.app)
      for (const event of ['intent', 'result']) expect(facts.filter((fact) => fact.event === event)).toHaveLength(3)
    }
  })
})

it('a change that took effect right before the kill counts as our own', async () => {
  const world = worldOf([
    person('inactive-0', { groups: ['jira-users'], used: [[jira, { kind: 'at', at: 1_770_000_000_000 }]] }),
  ])
  const plan = await syncAndPlan(world)
  const { apply } = world.directory
  Object.assign(world.directory, {
    async apply(...given: Parameters<typeof apply>) {
      await apply(...given)
      throw new Crash('the process was killed')
    },
  })
  await expect(approveAndRun(world.process().app, plan)).rejects.toThrow(Crash)
  Object.assign(world.directory, { apply })
  world.system.advance(leaseLength + second)
  const run = await approveAndRun(world.process().app, plan)
  expect(run.counts).toMatchObject({ applied: 1, skipped: 0 })
  expect(world.organization.people.get('inactive-0')?.groups.has(group('jira-users').id)).toBe(false)
})

it('a process waits for a change that Atlassian shows only long after the kill, and does not send it again', async () => {
  const world = worldOf(inactiveUsers(1), { lag: leaseLength + 20 * second })
  const plan = await syncAndPlan(world)
  const { apply } = world.directory
  Object.assign(world.directory, {
    async apply(...given: Parameters<typeof apply>) {
      await apply(...given)
      throw new Crash('the process was killed')
    },
  })
  await expect(approveAndRun(world.process().app, plan)).rejects.toThrow(Crash)
  Object.assign(world.directory, { apply })
  world.system.advance(leaseLength + second)
  expect((await approveAndRun(world.process().app, plan)).counts.applied).toBe(1)
  expect(world.directory.calls('apply')).toBe(1)
})

describe('a process that is killed after sending, while a person reverses the change', () => {
  /** Kills the first process just before it would receive the response to its first change. */
  async function killAfterSending(changes: Readonly<Record<string, unknown>> = {}, people = inactiveUsers(3)) {
    const world = worldOf(people)
    const plan = await syncAndPlan(world, changes)
    const { apply } = world.directory
    Object.assign(world.directory, {
      async apply(...given: Parameters<typeof apply>) {
        await apply(...given)
        throw new Crash('the process was killed')
      },
    })
    await expect(approveAndRun(world.process(undefined, { owner: 'worker' }).app, plan)).rejects.toThrow(Crash)
    Object.assign(world.directory, { apply })
    return { world, plan, first: () => world.organization.people.get('inactive-0') as Person }
  }
  const ends = ['inactive-0: unknown', 'inactive-1: applied', 'inactive-2: applied']
  const giveBack = (one: Person) => void one.groups.add(group('jira-users').id)

  it('ends unknown, and the next process does not remove the access again', async () => {
    const { world, plan, first } = await killAfterSending()
    giveBack(first())
    const run = await approveAndRun(nextProcess(world, 'after the lease').app, plan)
    expect(await resultsOf(world.app, run.runId)).toEqual(ends)
    expect((await reasonsOf(world.app, run.runId))[0]).toBe(
      'was sent before the process was interrupted, and Atlassian does not show it; check this account before you try again',
    )
    expect([first().groups.size, world.directory.calls('apply')]).toEqual([1, 3])
  })

  it('ends unknown and stops the run when somebody has set the clock back', async () => {
    const { world, plan, first } = await killAfterSending()
    giveBack(first())
    world.system.advance(-day)
    const run = await approveAndRun(nextProcess(world, 'at once').app, plan)
    expect([run.status, ...(await resultsOf(world.app, run.runId))]).toEqual(['stopped', 'inactive-0: unknown'])
    expect([first().groups.size, world.directory.calls('apply')]).toEqual([1, 1])
  })

  it('sends a change that restores access once more, with a log entry before it', async () => {
    const away = ['away-0', 'away-1'].map((id) => person(id, { memberships: [[mainDirectory, 'suspended']] }))
    const restoring = { scope: 'organization', actions: ['restore-access'], conditions: { status: 'suspended' } }
    const { world, plan } = await killAfterSending(restoring, away)
    world.organization.people.get('away-0')?.memberships.set(mainDirectory, 'suspended')
    expect((await approveAndRun(nextProcess(world, 'after the lease').app, plan)).counts.applied).toBe(2)
    const facts = (await factsOf(world.app)).filter(({ subject }) => subject === 'away-0')
    expect(facts.map(({ event }) => event)).toEqual(['intent', 'resent', 'left-alone', 'result'])
    expect(facts[1]?.details).toMatchObject({ position: 0, attempt: 2 })
  })

  it('checks the account again before a process that follows at once sends anything', async () => {
    const { world, plan, first } = await killAfterSending()
    giveBack(first())
    first().used.set(jira, { kind: 'at', at: world.system.now() })
    const run = await approveAndRun(nextProcess(world, 'at once').app, plan)
    expect(await resultsOf(world.app, run.runId)).toEqual(ends)
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('active since the plan was made')
    expect(first().groups.size).toBe(1)
  })

  it('trusts the log entry of a result that the store does not have', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { putStep } = world.ports.store
    Object.assign(world.ports.store, {
      putStep: (step: Step, lease: Lease) =>
        step.state === 'applied' ? Promise.reject(new Crash('the process was killed')) : putStep(step, lease),
    })
    await expect(approveAndRun(world.process().app, plan)).rejects.toThrow(Crash)
    Object.assign(world.ports.store, { putStep })
    giveBack(world.organization.people.get('inactive-0') as Person)
    const readings = world.directory.calls('readAccount')
    const run = await approveAndRun(nextProcess(world, 'after the lease').app, plan)
    expect(run.counts.applied).toBe(2)
    expect([world.directory.calls('apply'), world.directory.calls('readAccount') - readings]).toEqual([2, 2])
    expect(world.organization.people.get('inactive-0')?.groups.size).toBe(1)
  })

  it('sends nothing again after it had received the response', async () => {
    const world = worldOf(inactiveUsers(1), { lag: 60 * minute })
    const plan = await syncAndPlan(world)
    const { wait } = world.system
    world.system.wait = () => Promise.reject(new Crash('the process was killed'))
    await expect(approveAndRun(world.process(undefined, { owner: 'worker' }).app, plan)).rejects.toThrow(Crash)
    world.system.wait = wait
    const run = await approveAndRun(nextProcess(world, 'at once').app, plan)
    expect(run.counts.unknown).toBe(1)
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('Atlassian accepted the change before')
    expect(world.directory.calls('apply')).toBe(1)
  })
})

it('a step is marked as sent just before its request leaves, and not while it waits', async () => {
  const world = worldOf(inactiveUsers(1))
  const plan = await syncAndPlan(world)
  const { apply } = world.directory
  const seen: (string | undefined)[] = []
  const look = async () => {
    const [run] = await world.app.runs(1)
    seen.push((await world.ports.store.steps(run?.runId as never))[0]?.state)
  }
  Object.assign(world.directory, {
    async apply(...[change, permit]: Parameters<typeof apply>) {
      await look()
      return apply(change, async () => {
        const permitted = await permit()
        await look()
        return permitted
      })
    },
  })
  await approveAndRun(world.app, plan)
  expect(seen).toEqual(['intent', 'sent'])
})
