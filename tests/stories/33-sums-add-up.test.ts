import { afterEach, expect, it } from 'vitest'
import { command } from './command.js'
import { by, openWorld, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a plan for the organization considers as many accounts as it changes and excludes', async () => {
  world = await openWorld()
  await world.app.sync(by)
  const { stdout } = await command(world, ['plan', '--action', 'suspend-access', '--inactive-for', '120d'])
  const [, changed, considered, excluded] = /^(\d+) of (\d+) accounts will change · (\d+) excluded$/m.exec(stdout) ?? []
  expect(Number(changed)).toBeGreaterThan(0)
  expect(Number(considered)).toBe(Number(changed) + Number(excluded))
})
