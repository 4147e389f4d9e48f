// Execute: Rollcall re-reads every account, changes it at most once, reads the change back and records the result.

import { describe, expect, it } from 'vitest'
import { type AuditFact, type DirectoryErrorCode, leaseLength, minute, second, viewExcluded } from '../src/index.js'
import {
  accountId,
  confluence,
  type DirectoryFault,
  group,
  jira,
  memoryWorld,
  wideLimits,
  organization,
  person,
  secondDirectory,
  site,
  testNow,
} from '../src/testing/index.js'
import {
  by,
  activeUsers,
  factsOf,
  forever,
  syncAndPlan,
  inactiveUsers,
  approveAndRun,
  reasonsOf,
  resultsOf,
  stateOf,
  worldOf,
} from './flow.js'

const readAgain = (at: number, fault: Partial<DirectoryFault> = {}): DirectoryFault => ({
  operation: 'readAccount',
  at,
  ...fault,
})
const sending = (at: number, fault: Partial<DirectoryFault> = {}): DirectoryFault => ({
  operation: 'apply',
  at,
  ...fault,
})

describe('a run', () => {
  it('changes exactly the planned accounts, and reads each change back', async () => {
    const world = worldOf(inactiveUsers(5))
    const plan = await syncAndPlan(world)
    const run = await approveAndRun(world.app, plan)
    expect([run.status, run.counts]).toEqual([
      'finished',
      { applied: 5, skipped: 0, failed: 0, unknown: 0, notAttempted: 0 },
    ])
    expect(world.directory.arrived.map(({ change }) => change.accountId)).toEqual(
      plan.actions.map((one) => one.accountId),
    )
    expect([...(world.organization.people.get('inactive-0')?.groups ?? [])]).toEqual([])
    expect([...(world.organization.people.get('busy-0')?.groups ?? [])]).toEqual([group('jira-users').id])
  })

  it('logs the intent before each effect and the result after it, in a chain that verifies', async () => {
    const world = worldOf(inactiveUsers(3))
    const seen: string[] = []
    const append = world.ports.auditLog.append.bind(world.ports.auditLog)
    Object.assign(world.ports.auditLog, {
      append: (fact: AuditFact) => {
        if (fact.runId !== undefined) seen.push(`${fact.event} after ${world.directory.arrived.length}`)
        return append(fact)
      },
    })
    await approveAndRun(world.app, await syncAndPlan(world))
    expect(seen).toEqual([
      'intent after 0',
      'result after 1',
      'intent after 1',
      'result after 2',
      'intent after 2',
      'result after 3',
      'run-finished after 3',
    ])
    expect((await world.app.verifyAudit()).ok).toBe(true)
  })

  it('changes nothing when it is started again after it finished, and a new plan is empty', async () => {
    const world = worldOf(inactiveUsers(5))
    const plan = await syncAndPlan(world)
    await approveAndRun(world.app, plan)
    const [state, entries] = [stateOf(world), (await world.app.auditHead())?.index]
    expect((await approveAndRun(world.process().app, plan)).counts.applied).toBe(5)
    expect([stateOf(world), (await world.app.auditHead())?.index]).toEqual([state, entries])
    expect((await syncAndPlan(world)).actions).toEqual([])
  })

  it('waits for a change that Atlassian shows late', async () => {
    const world = worldOf(inactiveUsers(2), { lag: 20 * second })
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.applied).toBe(2)
    expect(world.directory.arrived).toHaveLength(2)
    expect(world.system.waited()).toBeGreaterThanOrEqual(40 * second)
  })

  it('records a change as unknown that Atlassian accepts and never shows, and sends it once', async () => {
    const world = worldOf(inactiveUsers(1), { lag: 60 * minute })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect(run.counts.unknown).toBe(1)
    expect(world.directory.arrived).toHaveLength(1)
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('does not show the change; check this account')
  })

  it('pauses at the end of its time slice, and continues in the next one', async () => {
    const world = worldOf(inactiveUsers(4))
    const plan = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const { runId } = 'run' in approved ? approved.run : { runId: '' as never }
    const steps: string[] = []
    await world.app.work(runId, { until: world.system.now() }, (step) => steps.push(step.accountId))
    expect([steps.length, (await world.app.runStatus(runId)).status]).toEqual([0, 'executing'])
    await world.app.work(runId, forever, (step) => steps.push(step.accountId))
    expect([steps.length, (await world.app.runStatus(runId)).status]).toEqual([4, 'finished'])
  })
})

describe('a run skips an account, with the reason, when, after the approval,', () => {
  const changed: readonly (readonly [string, (world: ReturnType<typeof worldOf>) => unknown, string])[] = [
    [
      'it was active',
      ({ organization: { people } }) => people.get('inactive-0')?.used.set(jira, { kind: 'at', at: testNow }),
      'active since the plan was made',
    ],
    [
      'it was active in another product',
      ({ organization: { people } }) => (
        people.get('inactive-0')?.groups.add(group('confluence-users').id),
        people.get('inactive-0')?.used.set(confluence, { kind: 'at', at: testNow - minute })
      ),
      'active since the plan was made',
    ],
    [
      'its activity has become unknown',
      ({ organization: { people } }) => people.get('inactive-0')?.used.set(jira, { kind: 'unknown', why: 'not sent' }),
      'last active unknown: not sent',
    ],
    [
      'somebody else took the product away',
      ({ organization: { people } }) => people.get('inactive-0')?.groups.clear(),
      'has no access to Jira (acme)',
    ],
    [
      'it has left the organization',
      ({ organization: { people } }) => people.delete('inactive-0'),
      'no longer in the organization',
    ],
    [
      'it has become an admin',
      ({ organization: { people } }) =>
        people.set('inactive-0', person('inactive-0', { inactiveDays: 300, platformRoles: ['atlassian/org-admin'] })),
      'organization admin',
    ],
    [
      'it has joined a group that also grants another product',
      ({ organization: { people } }) => people.get('inactive-0')?.groups.add(group('all-in-one').id),
      'in a group that also grants other products: all-in-one',
    ],
  ]
  it.each(changed)('%s', async (_what, change, reason) => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    change(world)
    const run = await approveAndRun(world.app, plan)
    expect([run.status, run.counts.skipped, run.counts.applied]).toEqual(['finished', 1, 1])
    expect((await reasonsOf(world.app, run.runId))[0]).toBe(reason)
    expect(world.directory.arrived.map((one) => one.change.accountId)).toEqual(['inactive-1'])
  })

  it('somebody else took the product away, and logs the reason and the code', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world)
    world.organization.people.get('inactive-0')?.groups.clear()
    await approveAndRun(world.app, plan)
    expect((await factsOf(world.app)).find(({ event }) => event === 'result')).toMatchObject({
      outcome: 'skipped',
      reason: 'has no access to Jira (acme)',
      details: { code: 'no-product-access' },
    })
  })

  it('somebody protected it during the run', async () => {
    const world = worldOf(inactiveUsers(3), {
      onChange: () => void world.app.protect({ subject: 'inactive-1', reason: 'on leave' }, 'noah'),
    })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect(await resultsOf(world.app, run.runId)).toEqual([
      'inactive-0: applied',
      'inactive-1: skipped',
      'inactive-2: applied',
    ])
    expect((await reasonsOf(world.app, run.runId))[1]).toBe('protected list (inactive-1: on leave)')
  })

  it('it turns out to be the requester, which the plan did not know', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const run = await approveAndRun(world.process(undefined, { requesters: [accountId('inactive-0')] }).app, plan)
    expect(await resultsOf(world.app, run.runId)).toEqual(['inactive-0: skipped', 'inactive-1: applied'])
    expect((await reasonsOf(world.app, run.runId))[0]).toBe('is the requester')
  })

  it('Atlassian does not allow lifecycle changes of it', async () => {
    const world = worldOf([person('inactive-0')])
    const plan = await syncAndPlan(world, { scope: 'organization', actions: ['deactivate-account'] })
    const one = person('inactive-0', { lifecycleLock: 'externalDirectory' })
    world.organization.people.set(one.accountId, one)
    const run = await approveAndRun(world.app, plan)
    expect(await reasonsOf(world.app, run.runId)).toEqual(['Atlassian does not allow it: externalDirectory'])
    expect(world.directory.calls('apply')).toBe(0)
  })
})

describe('when the response to a change is lost', () => {
  it('and the change took effect, Rollcall records it as applied, and sends it once', async () => {
    const world = worldOf(inactiveUsers(3), { faults: [sending(2, { effect: 'landed' })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, run.counts.applied, world.directory.struck()]).toEqual(['finished', 3, 1])
    expect(world.directory.arrived).toHaveLength(3)
  })

  it('and the change shows only later, Rollcall records it as applied, and sends it once', async () => {
    const world = worldOf(inactiveUsers(1), { lag: 25 * second, faults: [sending(1, { effect: 'landed' })] })
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.applied).toBe(1)
    expect(world.directory.calls('apply')).toBe(1)
  })

  it('and the change did not take effect, Rollcall records it as unknown, and does not send it again', async () => {
    const world = worldOf(inactiveUsers(3), { faults: [sending(2, { effect: 'lost' })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect(await resultsOf(world.app, run.runId)).toEqual([
      'inactive-0: applied',
      'inactive-1: unknown',
      'inactive-2: applied',
    ])
    expect((await reasonsOf(world.app, run.runId))[1]).toContain('check this account before you try again')
    expect(world.directory.calls('apply')).toBe(3)
  })

  it('and a person restores the access before Rollcall reads back, the access stays restored', async () => {
    const world = worldOf(inactiveUsers(1), {
      faults: [sending(1, { effect: 'landed' })],
      onChange: () => world.organization.people.get('inactive-0')?.groups.add(group('jira-users').id),
    })
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.unknown).toBe(1)
    expect(world.organization.people.get('inactive-0')?.groups.size).toBe(1)
    expect(world.directory.calls('apply')).toBe(1)
  })
})

describe('when Atlassian responds to a change with a server error (5xx)', () => {
  const serverError = (fault: Partial<DirectoryFault>) => sending(1, { effect: 'lost', responded: true, ...fault })

  it('once, Rollcall reads the account back, sends the change again and records it as applied', async () => {
    const world = worldOf(inactiveUsers(1), { faults: [serverError({ times: 1 })] })
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.applied).toBe(1)
    expect([world.directory.calls('apply'), world.directory.arrived.length]).toEqual([2, 1])
  })

  it('twice, Rollcall records it as unknown, because the change may still show, and the run continues', async () => {
    const world = worldOf(inactiveUsers(3), { faults: [serverError({ times: 2 })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, ...(await resultsOf(world.app, run.runId))]).toEqual([
      'finished',
      'inactive-0: unknown',
      'inactive-1: applied',
      'inactive-2: applied',
    ])
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('does not show the change; check this account')
  })

  it('although the change took effect, Rollcall records it as applied, and does not send it again', async () => {
    const world = worldOf(inactiveUsers(1), { faults: [serverError({ effect: 'landed' })] })
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.applied).toBe(1)
    expect(world.directory.calls('apply')).toBe(1)
  })

  it('and the user becomes active in the meantime, Rollcall sends nothing again', async () => {
    const world = worldOf(inactiveUsers(1), { faults: [serverError({})] })
    const plan = await syncAndPlan(world)
    const wait = world.system.wait.bind(world.system)
    world.system.wait = (ms) => {
      world.organization.people.get('inactive-0')?.used.set(jira, { kind: 'at', at: world.system.now() })
      return wait(ms)
    }
    const run = await approveAndRun(world.app, plan)
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('may still make it: active since the plan was made')
    expect(await resultsOf(world.app, run.runId)).toEqual(['inactive-0: unknown'])
    expect(world.directory.calls('apply')).toBe(1)
  })

  it('for two accounts of the canary, the run stops', async () => {
    const world = worldOf(inactiveUsers(5), { faults: [serverError({ times: 99 })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, run.counts.unknown, run.counts.notAttempted]).toEqual(['stopped', 2, 3])
  })
})

describe('a refused change', () => {
  it.each<[DirectoryErrorCode, string]>([
    ['not-found', 'skipped'],
    ['conflict', 'failed'],
    ['forbidden', 'failed'],
    ['seat-limit', 'failed'],
    ['rate-limited', 'failed'],
    ['unavailable', 'failed'],
    ['unexpected-response', 'failed'],
  ])('with %s is %s, and the run continues', async (code, state) => {
    const world = worldOf(inactiveUsers(3), { faults: [sending(2, { code })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, ...(await resultsOf(world.app, run.runId))]).toEqual([
      'finished',
      'inactive-0: applied',
      `inactive-1: ${state}`,
      'inactive-2: applied',
    ])
  })

  it.each<[DirectoryErrorCode, string, number]>([
    ['unavailable', 'stopped', 3],
    ['rate-limited', 'stopped', 3],
    ['unexpected-response', 'stopped', 2],
    ['conflict', 'stopped', 2],
    ['forbidden', 'stopped', 2],
    ['seat-limit', 'finished', 6],
  ])('with %s for every account leaves the run %s', async (code, status, failed) => {
    const world = worldOf(inactiveUsers(6), { faults: [sending(1, { code, times: 99 })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, run.counts.failed, run.counts.notAttempted]).toEqual([status, failed, 6 - failed])
  })

  it('of only two accounts in a row does not stop the run', async () => {
    const world = worldOf(inactiveUsers(6), { faults: [sending(1, { times: 2 }), sending(4, { times: 2 })] })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect([run.status, run.counts.failed, run.counts.applied]).toEqual(['finished', 4, 2])
  })
})

describe('a run that stops because Atlassian is unavailable', () => {
  it('records the reason and attempts no further account, and after a restart it continues behind the failed ones', async () => {
    const world = worldOf(inactiveUsers(6))
    const plan = await syncAndPlan(world)
    world.directory.fail(readAgain(3, { times: 3 }))
    const stopped = await approveAndRun(world.app, plan)
    expect([stopped.status, stopped.counts.applied, stopped.counts.failed, stopped.counts.notAttempted]).toEqual([
      'stopped',
      1,
      3,
      2,
    ])
    expect(stopped.stopReason).toContain('3 accounts in a row failed: could not be read again')
    expect((await approveAndRun(world.app, plan)).counts).toMatchObject({ applied: 3, failed: 3, notAttempted: 0 })
  })
})

/** Atlassian refuses the key itself, not only for one account. */
const refusedKey = (code: DirectoryErrorCode, times = 1): readonly DirectoryFault[] =>
  code === 'forbidden' ? [{ operation: 'tryKey', at: 1, times, code }] : []

describe.each<DirectoryErrorCode>(['unauthorized', 'forbidden'])('%s', (code) => {
  it.each([
    ['when Rollcall re-reads an account', readAgain(3, { code })],
    ['when Rollcall sends a change', sending(2, { code })],
    ['when Rollcall reads a change back', readAgain(4, { code })],
    ['when Rollcall reads the lifecycle', { operation: 'lifecycle', at: 2, code } as DirectoryFault],
  ])(
    '%s stops the run at once, and with a valid key the run continues and changes no account twice',
    async (_when, fault) => {
      const world = worldOf(inactiveUsers(4))
      const plan = await syncAndPlan(world, { scope: 'organization', actions: ['deactivate-account'] })
      for (const one of [fault, ...refusedKey(code)]) world.directory.fail(one)
      const stopped = await approveAndRun(world.app, plan)
      const struck = 1 + refusedKey(code).length
      expect([stopped.status, stopped.counts.failed, world.directory.struck()]).toEqual(['stopped', 0, struck])
      const callsThen = world.directory.calls('apply')
      expect(callsThen).toBeLessThanOrEqual(2)
      const run = await approveAndRun(world.process().app, plan)
      expect([run.status, run.counts.applied]).toEqual(['finished', 4])
      expect(world.directory.arrived.filter(({ effective }) => effective)).toHaveLength(4)
      expect(world.directory.arrived).toHaveLength(4)
    },
  )

  it('twice for a single account fails that account, and the run can still finish', async () => {
    const world = worldOf(inactiveUsers(3), { faults: [sending(2, { code, times: 2 }), ...refusedKey(code, 2)] })
    const plan = await syncAndPlan(world)
    expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
    expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
    expect((await approveAndRun(world.app, plan)).counts).toMatchObject({ applied: 2, failed: 1, notAttempted: 0 })
  })
})

describe('the stop switch', () => {
  it('lets at most the call in flight finish, and the run continues after "resume"', async () => {
    const world = worldOf(inactiveUsers(5), {
      onChange: () => void (world.directory.arrived.length === 2 && world.app.stop('noah')),
    })
    const plan = await syncAndPlan(world)
    const stopped = await approveAndRun(world.app, plan)
    expect([stopped.status, stopped.stopReason, world.directory.arrived.length]).toEqual([
      'stopped',
      'Somebody used the stop switch.',
      2,
    ])
    const approval = { planId: plan.planId, fingerprint: plan.fingerprint }
    expect(await world.app.approve(approval, by)).toMatchObject({ refusals: [{ code: 'stopped' }] })
    await world.app.resume('noah')
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(5)
    expect(world.directory.arrived).toHaveLength(5)
  })

  it('takes effect within two seconds while Rollcall waits for a change', async () => {
    const world = worldOf(inactiveUsers(2), { lag: 60 * minute })
    const plan = await syncAndPlan(world)
    const wait = world.system.wait.bind(world.system)
    let since = 0
    world.system.wait = async (ms) => {
      await wait(ms)
      if (world.system.waited() < 10 * second) return
      if (since === 0) await world.app.stop('noah')
      since ||= world.system.now()
    }
    const stopped = await approveAndRun(world.app, plan)
    expect([stopped.status, world.directory.arrived.length]).toEqual(['stopped', 1])
    expect(world.system.now() - since).toBeLessThanOrEqual(2 * second)
  })
})

describe('a reading', () => {
  it('that went stale while the request waited is repeated before Rollcall sends anything', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world)
    const { apply } = world.directory
    let waits = 2
    Object.assign(world.directory, {
      apply: (...given: Parameters<typeof apply>) => {
        if ((waits -= 1) >= 0) world.system.advance(minute + 1)
        return apply(...given)
      },
    })
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
    expect(world.directory.calls('apply')).toBe(1)
    // One of them was for the plan.
    expect(world.directory.calls('readAccount')).toBe(5)
  })

  it('that goes stale again and again under rate limits drops no account', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { apply } = world.directory
    let waits = 20
    Object.assign(world.directory, {
      // As under 429: the first request is permitted and refused, and the wait for the next one lasts too long.
      async apply(...[change, permit]: Parameters<typeof apply>) {
        if ((waits -= 1) < 0) return apply(change, permit)
        await permit()
        world.system.advance(minute + second)
        return (await permit()) ? 'accepted' : 'withheld'
      },
    })
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
    expect(world.directory.arrived).toHaveLength(2)
    const events = (await factsOf(world.app)).flatMap(({ event, runId }) => (runId === undefined ? [] : [event]))
    expect(events).toEqual(['intent', 'result', 'intent', 'result', 'run-finished'])
  })

  it('that is always stale before sending stops the run with nothing sent, and the run continues after a restart', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world)
    const { apply } = world.directory
    Object.assign(world.directory, {
      apply: (...given: Parameters<typeof apply>) => {
        world.system.advance(minute + 1)
        return apply(...given)
      },
    })
    const run = await approveAndRun(world.app, plan)
    expect([run.status, run.counts.failed]).toEqual(['stopped', 0])
    expect((await world.ports.store.run(run.runId))?.haltCause).toBe('unavailable')
    expect(world.directory.calls('apply')).toBe(0)
    expect((await factsOf(world.app)).filter(({ event }) => event === 'intent')).toHaveLength(1)
    Object.assign(world.directory, { apply })
    expect((await approveAndRun(world.app, plan)).counts).toMatchObject({ applied: 1, failed: 0, notAttempted: 0 })
    expect((await factsOf(world.app)).filter(({ event }) => event === 'intent')).toHaveLength(1)
  })
})

describe('two processes', () => {
  it('never work at the same time, because the second one does not get the lease', async () => {
    const world = worldOf(inactiveUsers(3), {
      onChange: () => void others.push(world.process().app.work(runId as never, forever)),
    })
    const others: Promise<unknown>[] = []
    const plan = await syncAndPlan(world)
    const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, by)
    const runId = 'run' in approved ? approved.run.runId : ''
    await world.app.work(runId as never, forever)
    expect(await Promise.all(others)).toEqual([undefined, undefined, undefined])
    expect(world.directory.arrived).toHaveLength(3)
  })

  it('cannot both write results: the store rejects the one that slept past its lease', async () => {
    const world = worldOf(inactiveUsers(3))
    const plan = await syncAndPlan(world)
    const second = world.process().app
    const { apply } = world.directory
    let sleeping = true
    Object.assign(world.directory, {
      async apply(...given: Parameters<typeof apply>) {
        const response = await apply(...given)
        if (sleeping) {
          sleeping = false
          world.system.advance(leaseLength + 1)
          await approveAndRun(second, plan)
        }
        return response
      },
    })
    await approveAndRun(world.app, plan)
    const facts = await factsOf(world.app)
    for (const event of ['intent', 'result']) expect(facts.filter((fact) => fact.event === event)).toHaveLength(3)
    expect(facts.filter((fact) => fact.event === 'run-finished')).toHaveLength(1)
    expect(world.directory.arrived).toHaveLength(3)
    expect((await world.app.runs(1))[0]).toMatchObject({ status: 'finished', counts: { applied: 3 } })
  })
})

describe('accounts in several directories and groups', () => {
  const twofold = (id: string) =>
    person(id, {
      groups: ['jira-users', 'jira-eu'],
      memberships: [
        [organization().directories[0]?.id as never, 'active'],
        [secondDirectory, 'active'],
      ],
    })
  const twoDirectories = (options: Parameters<typeof memoryWorld>[1] = {}) => {
    const base = organization([...['inactive-0', 'inactive-1', 'inactive-2'].map(twofold), ...activeUsers(60)])
    const directories = [...base.directories, { id: secondDirectory, name: 'eu' }]
    const groups = [...base.groups, group('jira-eu', { grants: [jira], directoryId: secondDirectory })]
    return memoryWorld({ ...base, directories, groups }, { limits: wideLimits, ...options })
  }

  it('are suspended in all of them, and restored in all of them', async () => {
    const world = twoDirectories()
    const before = stateOf(world)
    const run = await approveAndRun(
      world.app,
      await syncAndPlan(world, { scope: 'organization', actions: ['suspend-access'] }),
    )
    expect([run.counts.applied, world.directory.arrived.length]).toEqual([3, 6])
    await world.app.sync(by)
    await approveAndRun(world.app, (await world.app.planUndo(run.runId, by)).plan)
    expect(stateOf(world)).toEqual(before)
  })

  it('lose the product only when they leave every group that grants it', async () => {
    const world = twoDirectories()
    expect((await approveAndRun(world.app, await syncAndPlan(world))).counts.applied).toBe(3)
    expect(world.organization.people.get('inactive-0')?.groups.size).toBe(0)
  })

  it.each<[string, Partial<DirectoryFault>]>([
    ['conflict', { code: 'conflict' }],
    ['not-found', { code: 'not-found' }],
    ['a lost response', { effect: 'lost' }],
    ['a refused key', { code: 'unauthorized' }],
  ])('with a change that was applied only in part, for %s, are restored by an undo', async (_what, fault) => {
    const world = twoDirectories({ faults: [sending(2, fault)] })
    const before = stateOf(world)
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    expect(run.counts.skipped + run.counts.failed).toBe(0)
    await world.app.sync(by)
    await approveAndRun(world.app, (await world.app.planUndo(run.runId, by)).plan)
    expect(stateOf(world)).toEqual(before)
  })

  it('end unknown when a person reversed the accepted part and Atlassian refused the rest twice', async () => {
    const world = twoDirectories({
      faults: [sending(2, { effect: 'lost', responded: true, times: 2 })],
      onChange: () => {
        const { arrived } = world.directory
        if (arrived.length === 1) world.organization.people.get('inactive-0')?.groups.add('group-jira-users')
      },
    })
    const run = await approveAndRun(world.app, await syncAndPlan(world))
    const ends = ['inactive-0: unknown', 'inactive-1: applied', 'inactive-2: applied']
    expect(await resultsOf(world.app, run.runId)).toEqual(ends)
  })

  it('keep a partial change when their last activity has become unknown', async () => {
    const world = twoDirectories({ faults: [sending(2, { code: 'unauthorized' })] })
    const plan = await syncAndPlan(world)
    expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
    world.organization.people.get('inactive-0')?.used.set(jira, { kind: 'unknown', why: 'an unreadable date' })
    const { runId } = await approveAndRun(world.app, plan)
    const ends = ['inactive-0: unknown', 'inactive-1: applied', 'inactive-2: applied']
    expect(await resultsOf(world.app, runId)).toEqual(ends)
    expect(await reasonsOf(world.app, runId)).toEqual([
      'Atlassian applied only a part of the change: last active unknown: an unreadable date',
      undefined,
      undefined,
    ])
    expect(world.directory.arrived.filter(({ effective }) => effective)).toHaveLength(5)
  })

  it('continue with the next change after Atlassian refused the key between two changes', async () => {
    const world = twoDirectories({ faults: [sending(2, { code: 'unauthorized' })] })
    const plan = await syncAndPlan(world)
    expect((await approveAndRun(world.app, plan)).status).toBe('stopped')
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(3)
    expect(world.directory.arrived.filter(({ effective }) => effective)).toHaveLength(6)
  })
})

describe('Rollcall changes nothing that it cannot record', () => {
  it('when the audit log is not writable, and it logs the intent later', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    const { append } = world.ports.auditLog
    let broken = true
    Object.assign(world.ports.auditLog, {
      append: (fact: AuditFact) =>
        broken && fact.event === 'intent' ? Promise.reject(new Error('disk full')) : append(fact),
    })
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('disk full')
    expect(world.directory.calls('apply')).toBe(0)
    broken = false
    expect((await approveAndRun(world.app, plan)).counts.applied).toBe(2)
    expect((await factsOf(world.app)).filter(({ event }) => event === 'intent').map(({ subject }) => subject)).toEqual([
      'inactive-0',
      'inactive-1',
    ])
  })

  it('when the store is not writable', async () => {
    const world = worldOf(inactiveUsers(2))
    const plan = await syncAndPlan(world)
    Object.assign(world.ports.store, { putStep: () => Promise.reject(new Error('read-only')) })
    await expect(approveAndRun(world.app, plan)).rejects.toThrow('read-only')
    expect(world.directory.calls('apply')).toBe(0)
  })
})

it('a hand-picked account gets a product through its default group', async () => {
  const world = worldOf([person('newcomer', { groups: [], inactiveDays: 1 })])
  await world.app.sync(by)
  const { plan } = await world.app.planPicked(
    { action: 'grant-product-access', accounts: ['newcomer', accountId('nobody')], site, product: 'jira-software' },
    by,
  )
  expect([plan.actions.length, viewExcluded(plan.excluded).byReason]).toEqual([1, { 'not in the snapshot': 1 }])
  expect((await approveAndRun(world.app, plan)).counts.applied).toBe(1)
  expect(world.organization.people.get('newcomer')?.groups.has(group('jira-users').id)).toBe(true)
})
