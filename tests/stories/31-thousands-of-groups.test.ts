import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('an organization with 1,500 groups syncs and changes accounts with requests for few of them', async () => {
  world = await openWorld()
  const { organization } = world.simulator
  const jira = organization.workspaces.find(({ typeKey, sandbox }) => typeKey === 'jira-software' && !sandbox)
  const grants = [{ ari: jira?.ari ?? '', role: 'atlassian/user', isDefault: false }]
  for (let n = 0; n < 1500; n += 1) {
    const id = `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`
    const directoryId = jira?.directoryId ?? ''
    const names = { id, name: `team-${n}`, description: null, directoryId }
    organization.groups.set(id, { ...names, synced: false, grants, visibleAt: 0 })
  }
  const calls = async (work: () => Promise<unknown>): Promise<number> => {
    const before = Number((await world.control('calls'))['total'])
    await work()
    return Number((await world.control('calls'))['total']) - before
  }
  const sync = () => world.app.sync('mia')
  expect(await calls(sync)).toBeGreaterThan(1500)
  const again = await calls(sync)
  // 30 groups in turn, 16 pages of groups, 4 or 5 of accounts, and what describes products and counts.
  expect(again).toBeLessThan(120)
  const { plan: made } = await plan(world)
  const needed = await calls(async () => {
    const status = await run(world, made)
    expect(status.counts.applied).toBe(made.actions.length)
  })
  expect(made.actions.length).toBeGreaterThan(3)
  expect(needed / made.actions.length).toBeLessThan(20)
}, 120_000)
