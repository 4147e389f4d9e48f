// While the time is unknown, nobody counts as inactive, nothing takes access away, and no schedule fires.

import { describe, expect, it } from 'vitest'
import { day, parseDuration } from '../src/index.js'
import { memoryWorld, organization, person, policy, testNow } from '../src/testing/index.js'

const forever = { until: Number.MAX_SAFE_INTEGER }
const wrong = testNow + 60 * day
const world = () => memoryWorld(organization([person('p1'), person('p2')]))

async function planned(given = world()) {
  await given.app.sync('mia')
  const { plan } = await given.app.planFile(policy(), 'mia')
  return { world: given, plan }
}

describe('while the time is unknown', () => {
  it('a plan excludes everybody, also accounts that a person picked', async () => {
    const given = world()
    await given.app.sync('mia')
    given.directory.disagree(wrong)
    const plans = [
      await given.app.planFile(policy(), 'mia'),
      await given.app.planPicked({ action: 'suspend-access', accounts: ['p1'] } as never, 'mia'),
    ]
    for (const { plan } of plans) {
      expect(plan.actions).toEqual([])
      expect(plan.excluded.reasons.map(({ code }) => code)).toContain('time-unknown')
    }
  })

  it('a plan from before is refused, with both times and what to check', async () => {
    const { world: given, plan } = await planned()
    given.directory.disagree(wrong)
    const { refusals } = await given.app.showPlan(plan.planId)
    expect(refusals.map(({ code }) => code)).toEqual(['time-unknown'])
    expect(refusals[0]?.message).toContain('2026-11-24T08:00:00')
    expect(refusals[0]?.message).toContain('2027-01-23T08:00:00')
    expect(await given.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')).toHaveProperty(
      'refusals',
    )
  })

  it('nobody can accept it by name', async () => {
    const { world: given, plan } = await planned()
    given.directory.disagree(wrong)
    const accepted = ['time-unknown'] as never
    const approval = given.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint, accepted }, 'mia')
    expect(await approval.catch(() => ({ refusals: [] }))).toHaveProperty('refusals')
  })

  it('an approved run sends nothing, and can be resumed once the clocks agree', async () => {
    const { world: given, plan } = await planned()
    const approval = await given.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approval)) throw new Error('refused')
    given.directory.disagree(wrong)
    expect((await given.app.work(approval.run.runId, forever))?.status).toBe('stopped')
    expect(given.directory.arrived).toEqual([])
    given.directory.disagree(undefined)
    await given.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    await given.app.work(approval.run.runId, forever)
    expect(given.directory.arrived).toHaveLength(2)
  })

  it('an account is not changed whose reading shows the disagreement first', async () => {
    const { world: given, plan } = await planned()
    const { run } = (await given.app.approve(
      { planId: plan.planId, fingerprint: plan.fingerprint },
      'mia',
    )) as never as {
      run: { runId: string }
    }
    const read = given.directory.readAccount
    given.directory.readAccount = async (id, workspaces) => {
      given.directory.disagree(wrong)
      return read(id, workspaces)
    }
    await given.app.work(run.runId as never, forever)
    expect(given.directory.arrived).toEqual([])
  })

  it('no schedule fires, and the occurrence fires once the time is known', async () => {
    const given = world()
    await given.app.sync('mia')
    const scheduled = policy({
      schedule: { every: '1 day', at: '12:00', timeZone: 'UTC' },
      approval: 'automatic',
    })
    await given.app.importPolicy(scheduled, 'mia')
    await given.app.planStored(scheduled.name, 'mia')
    await given.app.enablePolicy(scheduled.name, 'mia')
    given.system.advance(parseDuration('5h') ?? 0)
    given.directory.disagree(wrong)
    expect(await given.app.fireDue('mia')).toEqual([])
    given.directory.disagree(undefined)
    expect(await given.app.fireDue('mia')).toHaveLength(1)
  })

  it('somebody who gives access back is not held up', async () => {
    const { world: given, plan } = await planned()
    const approval = await given.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
    if (!('run' in approval)) throw new Error('refused')
    await given.app.work(approval.run.runId, forever)
    given.directory.disagree(wrong)
    const { plan: undo, refusals } = await given.app.planUndo(approval.run.runId, 'mia')
    expect(refusals).toEqual([])
    const undoing = await given.app.approve({ planId: undo.planId, fingerprint: undo.fingerprint }, 'mia')
    if (!('run' in undoing)) throw new Error('refused')
    expect((await given.app.work(undoing.run.runId, forever))?.status).toBe('finished')
    expect(given.directory.arrived).toHaveLength(4)
  })

  it('what needs attention names both times', async () => {
    const { world: given } = await planned()
    given.directory.disagree(wrong)
    const [first] = await given.app.attention()
    expect(first).toMatchObject({ kind: 'clock', urgency: 'urgent', remedy: 'check-clock' })
  })
})

it('a time that Atlassian does not send is unknown, and the sentence names the one clock that there is', async () => {
  const given = memoryWorld(organization([person('p1')]))
  await given.app.sync('mia')
  const machine = given.system.now()
  given.directory.time = () => ({ kind: 'unknown', because: 'silent', machine, atlassian: null })
  const { plan, refusals } = await given.app.planPicked({ action: 'suspend-access', accounts: ['p1'] } as never, 'mia')
  expect([plan.actions, refusals.map(({ code }) => code)]).toEqual([[], []])
  const [first] = await given.app.attention()
  expect(first?.message).toMatch(/^Atlassian's answers do not say what time it is.* until Atlassian says the time\.$/)
})
