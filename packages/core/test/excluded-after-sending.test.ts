// A change that was sent and shows no effect yet: whatever excludes the account then, the undo covers the step.

import { expect, it } from 'vitest'
import { minute, type Step } from '../src/index.js'
import { draftUndo } from '../src/plan/undo.js'
import {
  accountId,
  jira,
  mainDirectory,
  memoryWorld,
  organization,
  plan,
  plannedActions,
  step,
} from '../src/testing/index.js'
import { approveAndRun, by, inactiveUsers, reasonsOf, resultsOf, stateOf, syncAndPlan, worldOf } from './flow.js'

type World = ReturnType<typeof worldOf>
const first = ({ organization }: World) => organization.people.get('inactive-0')

/** What excludes the account while Rollcall reads back the change that Atlassian answered with an error. */
const reasons: Readonly<Record<string, (world: World) => unknown>> = {
  'the account is active': (world) => first(world)?.used.set(jira, { kind: 'at', at: world.system.now() }),
  'somebody protects the account': ({ app }) => app.protect({ subject: 'inactive-0', reason: 'on leave' }, by),
  'the time is unknown': ({ directory, system }) => directory.disagree(system.now() + 60 * minute),
  'an API token is in use': (world) => {
    const person = first(world)
    if (person !== undefined)
      world.organization.people.set('inactive-0', { ...person, tokenUsedAt: world.system.now() })
  },
}

it.each(Object.entries(reasons))(
  'when %s after an unclear response, the step ends unknown and its undo gives the access back',
  async (_what, excludes) => {
    const world = worldOf(inactiveUsers(3), {
      faults: [{ operation: 'apply', at: 1, effect: 'lost', responded: true }],
    })
    const planned = await syncAndPlan(world, {
      scope: 'organization',
      actions: ['suspend-access'],
      limits: { unknown: 50 },
    })
    const before = stateOf(world)['inactive-0']
    const { wait } = world.system
    let waits = 0
    Object.assign(world.system, {
      wait: async (length: number) => {
        waits += 1
        if (waits === 3) await excludes(world)
        return wait(length)
      },
    })
    const run = await approveAndRun(world.app, planned)
    expect((await resultsOf(world.app, run.runId))[0]).toBe('inactive-0: unknown')
    expect((await reasonsOf(world.app, run.runId))[0]).toContain('Atlassian may still make it')
    // Atlassian makes the change later.
    first(world)?.memberships.set(mainDirectory, 'suspended')
    world.directory.disagree(undefined)
    const { plan: undo } = await world.app.planUndo(run.runId, by)
    expect(undo.actions.map((one) => one.accountId)).toContain('inactive-0')
    await approveAndRun(world.app, undo)
    expect(stateOf(world)['inactive-0']).toEqual(before)
  },
)

it('the undo covers a sent step however it ended, unless Atlassian refused it', async () => {
  const of = (position: number, changes: Partial<Step>): Step =>
    ({
      ...step('run-1', position, { accountId: accountId(`p${position}`) }),
      changes: [{ kind: 'suspend', accountId: accountId(`p${position}`), directoryId: mainDirectory }],
      ...changes,
    }) as Step
  const steps = [
    of(0, { state: 'skipped', attempts: 1, exclusion: 'active-since-plan' }),
    of(1, { state: 'skipped', attempts: 0, exclusion: 'active-since-plan' }),
    of(2, { state: 'skipped', attempts: 1, exclusion: 'no-longer-found' }),
    of(3, { state: 'failed', attempts: 1, trouble: 'unavailable' }),
    of(4, { state: 'failed', attempts: 1, trouble: 'conflict' }),
    of(5, { state: 'not-attempted', attempts: 1 }),
  ]
  const draft = await draftUndo(plan({ actions: plannedActions(6) }), steps, memoryWorld(organization()).ports)
  expect(draft.actions.map((one) => one.accountId)).toEqual(['p5', 'p3', 'p0'])
})
