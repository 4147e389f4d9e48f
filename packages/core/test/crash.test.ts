// kill -9 at every call, before and after it took effect: nobody is changed twice, nobody is forgotten, the log tells the truth.

import { describe, expect, it } from 'vitest'
import { leaseLength, second } from '../src/index.js'
import { Crash, type Death, group, jira, memoryWorld, organization, person } from '../src/testing/index.js'
import { by, crowd, factsOf, planned, quiet, ran, stateOf, worldOf } from './flow.js'

const people = 3
type Option = readonly [what: string, policy: Readonly<Record<string, unknown>>, lag: number]
const options: readonly Option[] = [
  ['revoking a product', {}, 0],
  ['revoking a product that Atlassian shows late', {}, 5 * second],
  ['deactivating accounts', { scope: 'organization', actions: ['deactivate-account'] }, 0],
]

/** Runs with a process that dies where it is told; then a fresh one goes on. Says whether the first one died. */
async function killed(death: Death, [, changes, lag]: Option) {
  const world = worldOf(quiet(people), { lag })
  const plan = await planned(world, changes)
  const before = stateOf(world)
  const first = world.process(death)
  const died = await ran(first.app, plan).then(
    () => false,
    (error: unknown) => {
      if (error instanceof Crash) return true
      throw error
    },
  )
  world.system.advance(leaseLength + second)
  const run = await ran(world.process().app, plan)
  return { world, plan, before, died, run, calls: first.calls() }
}

async function verify({ world, plan, run }: Awaited<ReturnType<typeof killed>>): Promise<void> {
  expect([run.status, run.counts]).toEqual([
    'finished',
    { applied: people, skipped: 0, failed: 0, unknown: 0, notAttempted: 0 },
  ])
  const arrived = world.directory.arrived.map(({ change }) => change.accountId)
  expect(arrived).toEqual(plan.actions.map((one) => one.accountId))
  const facts = (await factsOf(world.app)).filter((fact) => fact.runId !== undefined)
  const told = (event: string) => facts.filter((fact) => fact.event === event).map((fact) => fact.subject)
  expect(told('intent')).toEqual(arrived)
  expect(told('result')).toEqual(arrived)
  expect(told('run-finished')).toHaveLength(1)
  for (const accountId of arrived) {
    const order = facts.filter((fact) => fact.subject === accountId).map((fact) => fact.event)
    expect(order).toEqual(['intent', 'result'])
  }
  expect((await world.app.verifyAudit()).ok).toBe(true)
}

describe.each(options)('a process that is killed while %s', (...option) => {
  it.each(['before', 'after'] as const)(
    '%s any one of its calls took effect is made good by the next',
    async (when) => {
      const { calls } = await killed({ at: Infinity, when }, option)
      expect(calls).toBeGreaterThan(40)
      let died = 0
      for (let at = 1; at <= calls; at += 1) {
        const outcome = await killed({ at, when }, option)
        died += outcome.died ? 1 : 0
        await verify(outcome)
      }
      expect(died).toBeGreaterThan(calls - 3)
    },
  )
})

it('a process that is killed again and again still ends, with everybody accounted for', async () => {
  for (const step of [5, 11, 17, 23]) {
    const world = worldOf(quiet(people))
    const plan = await planned(world)
    for (let at = step; at < step * 12; at += step) {
      await ran(world.process({ at, when: at % 2 ? 'before' : 'after' }).app, plan).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Crash)
      })
      world.system.advance(leaseLength + second)
    }
    const run = await ran(world.process().app, plan)
    expect([run.status, run.counts.applied + run.counts.unknown]).toEqual(['finished', people])
    expect(
      new Set(world.directory.arrived.filter((one) => one.effective).map(({ change }) => change.accountId)).size,
    ).toBe(world.directory.arrived.filter((one) => one.effective).length)
    expect((await world.app.verifyAudit()).ok).toBe(true)
  }
})

describe('a process that is killed', () => {
  const two = () => person('quiet-0', { groups: ['jira-users', 'jira-testers'] })

  it('between the two changes of one person has both made by the next, once each', async () => {
    const probe = worldOf([two()])
    const { calls } = await (async () => {
      const process = probe.process()
      await ran(process.app, await planned(probe))
      return process
    })()
    for (let at = 1; at <= calls(); at += 1)
      for (const when of ['before', 'after'] as const) {
        const world = worldOf([two()])
        const plan = await planned(world)
        await ran(world.process({ at, when }).app, plan).catch(() => undefined)
        world.system.advance(leaseLength + second)
        expect((await ran(world.process().app, plan)).counts.applied).toBe(1)
        expect(world.directory.arrived.filter((one) => one.effective)).toHaveLength(2)
        expect(world.organization.people.get('quiet-0')?.groups.size).toBe(0)
      }
  })

  it('while it undoes leaves an undo that the next one finishes', async () => {
    const finished = async () => {
      const world = worldOf(quiet(people))
      const before = stateOf(world)
      const run = await ran(world.app, await planned(world))
      await world.app.sync(by)
      return { world, before, plan: (await world.app.planUndo(run.runId, by)).plan }
    }
    const probe = await finished()
    const process = probe.world.process()
    await ran(process.app, probe.plan)
    for (let at = 1; at <= process.calls(); at += 3) {
      const { world, before, plan } = await finished()
      await ran(world.process({ at, when: 'after' }).app, plan).catch(() => undefined)
      world.system.advance(leaseLength + second)
      expect((await ran(world.process().app, plan)).counts.applied).toBe(people)
      expect(stateOf(world)).toEqual(before)
    }
  })

  it('while it synchronizes leaves nothing that counts as a snapshot, and the next sync is complete', async () => {
    const probe = worldOf(quiet(people))
    const process = probe.process()
    await process.app.sync(by)
    for (let at = 1; at < process.calls(); at += 1) {
      const world = memoryWorld(organization([...quiet(people), ...crowd(60)]))
      await expect(world.process({ at, when: 'after' }).app.sync(by)).rejects.toThrow(Crash)
      const [newest] = await world.ports.store.snapshots(1)
      expect(newest === undefined || newest.complete).toBe(true)
      expect(await world.app.sync(by)).toMatchObject({ complete: true, accounts: 65, quiet: people, admins: 2 })
    }
  })

  it('long ago, with many entries of others since, does not make the log say anything twice', async () => {
    const probe = worldOf(quiet(2))
    const process = probe.process()
    await ran(process.app, await planned(probe))
    for (let at = 1; at <= process.calls(); at += 1) {
      const world = worldOf(quiet(2))
      const plan = await planned(world)
      await ran(world.process({ at, when: 'after' }).app, plan).catch(() => undefined)
      for (let n = 0; n < 450; n += 1) await world.ports.auditLog.append({ at: n, actor: 'noah', event: 'tested' })
      world.system.advance(leaseLength + second)
      await ran(world.process().app, plan)
      const facts = await factsOf(world.app)
      for (const event of ['intent', 'result']) expect(facts.filter((fact) => fact.event === event)).toHaveLength(2)
    }
  })
})

it('a change that landed right before the kill is not claimed to be somebody else’s', async () => {
  const world = worldOf([
    person('quiet-0', { groups: ['jira-users'], used: [[jira, { kind: 'at', at: 1_600_000_000_000 }]] }),
  ])
  const plan = await planned(world)
  const { apply } = world.directory
  Object.assign(world.directory, {
    async apply(...given: Parameters<typeof apply>) {
      await apply(...given)
      throw new Crash('the process was killed')
    },
  })
  await expect(ran(world.process().app, plan)).rejects.toThrow(Crash)
  Object.assign(world.directory, { apply })
  world.system.advance(leaseLength + second)
  const run = await ran(world.process().app, plan)
  expect(run.counts).toMatchObject({ applied: 1, skipped: 0 })
  expect(world.organization.people.get('quiet-0')?.groups.has(group('jira-users').id)).toBe(false)
})

it('a change that Atlassian shows only long after the kill is waited for, and not sent a second time', async () => {
  const world = worldOf(quiet(1), { lag: leaseLength + 20 * second })
  const plan = await planned(world)
  const { apply } = world.directory
  Object.assign(world.directory, {
    async apply(...given: Parameters<typeof apply>) {
      await apply(...given)
      throw new Crash('the process was killed')
    },
  })
  await expect(ran(world.process().app, plan)).rejects.toThrow(Crash)
  Object.assign(world.directory, { apply })
  world.system.advance(leaseLength + second)
  expect((await ran(world.process().app, plan)).counts.applied).toBe(1)
  expect(world.directory.calls('apply')).toBe(1)
})
