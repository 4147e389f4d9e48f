// Where Atlassian cannot say who owns an account, Rollcall asks it right before the change, or excludes the account.

import { describe, expect, it } from 'vitest'
import type { Person } from '../src/testing/index.js'
import { approveAndRun, inactiveUsers, reasonsOf, resultsOf, syncAndPlan, worldOf } from './flow.js'

const actionOf = (action: string) => ({ scope: 'organization', actions: [action] })
const unknown = (changes: Partial<Person> = {}): Person => {
  const [one] = inactiveUsers(1)
  if (one === undefined) throw new Error('no user')
  return { ...one, sourceUnknown: true, ...changes }
}

describe('an account whose owner Atlassian does not know', () => {
  it.each<[string, string, Partial<Person>, string, string | undefined]>([
    ['is suspended when Atlassian allows its lifecycle', 'suspend-access', {}, 'applied', undefined],
    [
      'is not suspended when a directory owns it',
      'suspend-access',
      { lifecycleLock: 'externalDirectory' },
      'skipped',
      'owned by the identity provider, which would undo the change',
    ],
    [
      'is not suspended when Atlassian does not allow it',
      'suspend-access',
      { lifecycleLock: 'other' },
      'skipped',
      'Atlassian does not allow it: other',
    ],
    [
      'is not deactivated when a directory owns it',
      'deactivate-account',
      { lifecycleLock: 'externalDirectory' },
      'skipped',
      'owned by the identity provider, which would undo the change',
    ],
    [
      'loses a product, whoever owns it',
      'revoke-product-access',
      { lifecycleLock: 'externalDirectory' },
      'applied',
      undefined,
    ],
  ])('%s', async (_what, action, changes, state, reason) => {
    const world = worldOf([unknown()])
    const wanted = action === 'revoke-product-access' ? {} : actionOf(action)
    const plan = await syncAndPlan(world, wanted)
    // The plan has asked already, so only what is new excludes the account now.
    const one = unknown(changes)
    world.organization.people.set(one.accountId, one)
    const { runId } = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, runId)).toEqual([`inactive-0: ${state}`])
    expect((await reasonsOf(world.app, runId))[0]).toBe(reason)
    const known = await syncAndPlan(worldOf([unknown(changes)]), wanted)
    expect(known.actions).toHaveLength(state === 'applied' ? 1 : 0)
  })

  it('is excluded from suspension when it is not managed, with a reason of its own', async () => {
    const plan = await syncAndPlan(worldOf([unknown({ managed: false })]), actionOf('suspend-access'))
    expect(plan.actions).toEqual([])
    expect(plan.excluded.reasons.map(({ code }) => code)).toContain('source-unknown')
  })

  it('gets back what a run took, without a question about its owner', async () => {
    const world = worldOf([unknown()])
    const { runId } = await approveAndRun(world.app, await syncAndPlan(world, actionOf('suspend-access')))
    const one = world.organization.people.get('inactive-0')
    if (one === undefined) throw new Error('nobody')
    world.organization.people.set('inactive-0', { ...one, lifecycleLock: 'externalDirectory' })
    const { plan } = await world.app.planUndo(runId, 'mia')
    const undo = await approveAndRun(world.app, plan)
    expect(await resultsOf(world.app, undo.runId)).toEqual(['inactive-0: applied'])
  })
})
