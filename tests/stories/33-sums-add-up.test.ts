import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { command } from './command.js'
import { by, openWorld, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a plan for the organization considers as many accounts as it changes and excludes', async () => {
  world = await openWorld()
  await world.app.sync(by)
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-sums-')), 'policy.yaml')
  const document = {
    name: 'Sums',
    scope: 'organization',
    conditions: { 'inactive-for': '120d' },
    actions: ['suspend-access'],
  }
  writeFileSync(file, JSON.stringify(document))
  const { stdout } = await command(world, ['plan', file])
  const [, changed, considered, excluded] = /^(\d+) of (\d+) accounts will change · (\d+) excluded$/m.exec(stdout) ?? []
  expect(Number(changed)).toBeGreaterThan(0)
  expect(Number(considered)).toBe(Number(changed) + Number(excluded))
})
