import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { audited, by, forever, openWorld, plan, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F20: a full database lets nothing happen without an intent', async () => {
  const { plan: made } = await plan(world)
  const answer = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in answer) throw new Error('refused')
  world.driver.pragma(`max_page_count = ${String(world.driver.pragma('page_count', { simple: true }))}`)
  world.driver.exec('create temp table filler (x)')
  await world.app.work(answer.run.runId, forever).catch(() => undefined)
  const sent = await world.writes()
  const steps = await world.app.results(answer.run.runId)
  for (const account of sent) expect(steps.some(({ accountId }) => accountId === account)).toBe(true)
  world.driver.pragma('max_page_count = 1000000')
  await world.system.wait(180_000)
  expect((await run(world, made)).status).toBe('finished')
  for (const { accountId } of made.actions) expect(world.changesOf(accountId)).toBeLessThanOrEqual(1)
})

it('F20: a read-only database lets nothing happen', async () => {
  const { plan: made } = await plan(world)
  world.driver.pragma('query_only = on')
  await expect(world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)).rejects.toThrow()
  expect(await world.writes()).toEqual([])
})

it('F20: a database restored from before the run acts on nobody twice: each account is read again first', async () => {
  const { plan: made } = await plan(world)
  await world.driver.backup(join(world.folder, 'backup.db'))
  expect((await run(world, made)).counts.applied).toBe(3)
  copyFileSync(join(world.folder, 'backup.db'), join(world.folder, 'restored.db'))
  const restored = await world.process()
  restored.driver.exec(`attach '${join(world.folder, 'restored.db')}' as old`)
  for (const table of ['runs', 'steps', 'audit', 'checkpoints', 'vetoes'])
    restored.driver.exec(`delete from main.${table}; insert into main.${table} select * from old.${table}`)
  const again = await run(restored, made)
  expect(again.results.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped'])
  expect(made.actions.map(({ accountId }) => world.changesOf(accountId))).toEqual([1, 1, 1])
  expect(await audited(world)).toBe(true)
})
