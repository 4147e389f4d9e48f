import { describe, afterEach, expect, it } from 'vitest'
import { actionIds, type ActionId, type PickedRequest } from '@rollcall/core'
import { by, host, openWorld, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

const target: Readonly<Record<ActionId, Omit<PickedRequest, 'action' | 'accounts'>>> = {
  'revoke-product-access': { site: host, product: 'jira-software' },
  'grant-product-access': { site: host, product: 'jira-software' },
  'suspend-access': {},
  'restore-access': {},
  'deactivate-account': {},
  'activate-account': {},
  'remove-from-group': { group: 'contractors-keep' },
  'add-to-group': { group: 'contractors-keep' },
}

/** Everything about an account that an action may change. */
const stateOf = ({ truth }: World, accountId: string) => {
  const account = truth(accountId)
  const memberships = [...(account?.memberships ?? [])].map(([id, { status }]) => `${id} ${status}`)
  return [account?.accountStatus, memberships.toSorted(), [...(account?.groups ?? [])].toSorted()]
}

const isSuspended = ({ truth }: World, accountId: string) =>
  [...(truth(accountId)?.memberships.values() ?? [])].some(({ status }) => status === 'suspended')

describe.each(['centralized', 'original'] as const)('in an organization of the %s model', (model) => {
  it.each(actionIds)('%s changes exactly the picked accounts, and its undo restores them', async (action) => {
    world = await openWorld({ model })
    const { app } = world
    await app.sync(by)
    const everybody = (await app.accounts({ limit: 1000 })).accounts.map(({ accountId }) => accountId)
    const wide = await app.planPicked({ action, accounts: everybody, ...target[action] }, by)
    const accounts: string[] = []
    // The undo of an activation deactivates, and excludes accounts whose activity in all of Atlassian is unknown. Who is
    // suspended in one of several directories, no list shows, and a plan as large as this asks about nobody.
    for (const { accountId } of wide.plan.actions) {
      if (action === 'restore-access' && !isSuspended(world, accountId)) continue
      const known = 'at' in ((await app.account(accountId)).lastActiveInAtlassian ?? {})
      if (accounts.length < 2 && (known || action !== 'activate-account')) accounts.push(accountId)
    }
    expect(accounts.length).toBe(2)
    const states = () => everybody.map((accountId) => [accountId, stateOf(world, accountId)] as const)
    const before = states()
    const { plan } = await app.planPicked({ action, accounts, ...target[action] }, by)
    const done = await run(world, plan)
    expect([done.status, done.counts.applied]).toEqual(['finished', 2])
    const changed = states().filter(([, state], index) => JSON.stringify(state) !== JSON.stringify(before[index]?.[1]))
    expect(changed.map(([accountId]) => accountId).toSorted()).toEqual([...accounts].toSorted())
    const undone = await run(world, (await app.planUndo(done.runId, by)).plan)
    expect([undone.status, undone.counts.applied]).toEqual(['finished', 2])
    expect(states()).toEqual(before)
    expect((await app.verifyAudit()).ok).toBe(true)
  })
})
