import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { brandId, type RunId } from '@rollcall/core'
import { audited, by, forever, openWorld, plan, policy, refused, run, suspending, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

it('F20: with a full database Rollcall changes nothing without an intent', async () => {
  const { plan: made } = await plan(world)
  const approval = await world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)
  if ('refusals' in approval) throw new Error('refused')
  world.driver.pragma(`max_page_count = ${String(world.driver.pragma('page_count', { simple: true }))}`)
  world.driver.exec('create temp table filler (x)')
  await world.app.work(approval.run.runId, forever).catch(() => undefined)
  const sent = await world.writes()
  const steps = await world.app.results(approval.run.runId)
  for (const account of sent) expect(steps.some(({ accountId }) => accountId === account)).toBe(true)
  world.driver.pragma('max_page_count = 1000000')
  await world.system.wait(180_000)
  expect((await run(world, made)).status).toBe('finished')
  for (const { accountId } of made.actions) expect(world.changesOf(accountId)).toBeLessThanOrEqual(1)
})

it('F20: with a read-only database Rollcall changes nothing', async () => {
  const { plan: made } = await plan(world)
  world.driver.pragma('query_only = on')
  await expect(world.app.approve({ planId: made.planId, fingerprint: made.fingerprint }, by)).rejects.toThrow()
  expect(await world.writes()).toEqual([])
})

it('F20: with a protection whose end is unreadable Rollcall changes nothing', async () => {
  const { plan: made } = await plan(world)
  const protection = { subject: 'email:*@partner.example', reason: 'audit', by, addedAt: 1, until: 4_000_000_000_000 }
  await world.ports.store.putProtection(protection)
  world.driver.exec(`update protections set doc = replace(doc, '4000000000000', '"2096-10-02"')`)
  expect(await refused(world, made)).toContain('protected-unreadable')
  await expect(plan(world)).rejects.toThrow('The Rollcall database is damaged')
  expect(await world.writes()).toEqual([])
})

it('F20: with a veto whose end is unreadable Rollcall removes nothing', async () => {
  const { plan: made } = await plan(world)
  const [first] = made.actions
  if (first === undefined) throw new Error('the plan is empty')
  const { accountId, action } = first
  const veto = { accountId, action, runId: brandId<RunId>('another'), since: 1, until: 4_000_000_000_000, times: 1 }
  await world.ports.store.putVeto(veto)
  world.driver.exec(`update vetoes set doc = replace(doc, '4000000000000', '"2096-10-02"')`)
  await expect(run(world, made)).rejects.toThrow('The Rollcall database is damaged')
  await expect(plan(world)).rejects.toThrow('The Rollcall database is damaged')
  expect(await world.writes()).toEqual([])
})

/** Runs `act`, then replaces the database by a backup from before; the watermark stays. */
async function restoredAfter(
  act: () => Promise<unknown>,
  keptAs: Awaited<ReturnType<World['process']>> = world,
): Promise<Awaited<ReturnType<World['process']>>> {
  const backup = join(world.folder, 'backup.db')
  await keptAs.driver.backup(backup)
  await act()
  const restored = await world.process()
  restored.driver.exec(`attach '${backup}' as old`)
  const tables = restored.driver.prepare("select name from old.sqlite_master where type = 'table'").pluck().all()
  for (const table of tables as string[])
    restored.driver.exec(`delete from main."${table}"; insert into main."${table}" select * from old."${table}"`)
  return restored
}

it('F20: after a restore from a backup older than the run Rollcall changes nothing until a reconcile', async () => {
  const { plan: made } = await plan(world)
  const restored = await restoredAfter(async () => expect((await run(world, made)).counts.applied).toBe(3))
  expect(await refused(restored, made)).toEqual(['database-older'])
  const { plan: another, refusals } = await plan(restored)
  expect(refusals.map(({ code }) => code)).toEqual(['database-older'])
  expect(refusals[0]?.message).toMatch(/after entry \d+ of its audit log, \d+ more are missing/)
  expect(await refused(restored, another)).toEqual(['database-older'])
  expect(await world.writes()).toHaveLength(3)
})

it('F20: Rollcall stops a run that is executing in a restored backup, and keeps its changes', async () => {
  const { plan: made } = await plan(world)
  const { planId, fingerprint } = made
  const approved = await world.app.approve({ planId, fingerprint }, by)
  if ('refusals' in approved) throw new Error('refused')
  const { runId } = approved.run
  const restored = await restoredAfter(() => world.app.work(runId, forever))
  const stopped = await restored.app.work(runId, forever)
  expect([stopped?.status, stopped?.stopReason]).toEqual(['stopped', expect.stringContaining('before you reconcile')])
  expect(await world.writes()).toHaveLength(3)
})

it('F20: a reconcile syncs, charges the lost changes, and requires a new preview of every policy', async () => {
  await world.app.sync(by)
  await world.app.importPolicy(policy(), by)
  await world.app.enablePolicy('Free unused Jira seats', by)
  const { plan: made } = await world.app.planStored('Free unused Jira seats', by)
  const restored = await restoredAfter(() => run(world, made))
  await world.system.wait(60_000)
  const gap = await restored.app.reconcile(by)
  expect(gap?.lost).toBeGreaterThanOrEqual(3)
  expect((await restored.app.policy('Free unused Jira seats')).previewedVersion).toBe('')
  expect(await refused(restored, made)).toEqual(['plan-before-reconciliation'])
  await restored.app.setLimits({ budget: 1 }, by)
  const { plan: next, refusals } = await restored.app.planFile(policy({ limits: { take: 1 } }), by)
  const over = refusals.find(({ code }) => code === 'over-budget')
  expect(over?.actual).toBe((gap?.lost ?? 0) + 1)
  expect(await refused(restored, next)).toEqual(['over-budget'])
  expect(await restored.app.reconcile(by)).toBeUndefined()
  expect(await audited(restored)).toBe(true)
  // A week later the lost entries no longer count.
  await world.system.wait(8 * 24 * 3_600_000)
  await restored.app.setLimits({ budget: 20 }, by)
  const { plan: later } = await plan(restored)
  expect((await run(restored, later)).counts.applied).toBe(3)
  expect(later.actions.every(({ accountId }) => made.actions.every((one) => one.accountId !== accountId))).toBe(true)
})

it('F20: a reconcile restores the vetoes of the lost days where Atlassian still shows the restored access', async () => {
  const { plan: made } = await plan(world, suspending)
  await run(world, made)
  const [first] = made.actions
  const restored = await restoredAfter(async () => {
    await world.control(`accounts/${first?.accountId}/restore`, {})
    await world.app.sync(by)
    expect((await world.app.vetoes()).map(({ accountId }) => accountId)).toEqual([first?.accountId])
  })
  expect(await restored.app.vetoes()).toEqual([])
  await restored.app.reconcile(by)
  expect((await restored.app.vetoes()).map(({ accountId }) => accountId)).toEqual([first?.accountId])
})

it('F20: with a lost or unreadable watermark Rollcall changes nothing, and the stop switch still works', async () => {
  const { plan: made } = await plan(world)
  const file = join(world.folder, 'rollcall.watermark')
  writeFileSync(file, 'garbage')
  expect(await refused(world, made)).toEqual(['database-older'])
  expect((await refusalOf(world, made))?.message).toContain('is damaged')
  await expect(world.app.reconcile(by)).rejects.toThrow('remove it and run "rollcall reconcile"')
  rmSync(file)
  expect(await refused(world, made)).toEqual(['database-older'])
  await world.app.stop(by)
  await world.app.resume(by)
  expect(await world.writes()).toEqual([])
  const gap = await world.app.reconcile(by)
  expect(gap).toEqual({ end: expect.any(Number) as number, lost: undefined })
  const { plan: next } = await plan(world)
  expect(await refused(world, next)).toEqual(['over-budget'])
  expect((await run(world, next, ['over-budget'])).counts.applied).toBe(3)
})

it('F20: Rollcall still knows an older database, however long its log grows again', async () => {
  const { plan: made } = await plan(world)
  const restored = await restoredAfter(() => run(world, made))
  const lost = (await refusalOf(restored, made))?.limit
  for (let n = 0; n < 60; n += 1) await restored.app.stop(by).then(() => restored.app.resume(by))
  const refusal = await refusalOf(restored, made)
  expect(refusal?.limit).toBe(lost)
})

it('F20: after a reconcile neither a run nor an undo from before the loss goes on', async () => {
  const { plan: made } = await plan(world)
  const { runId } = await run(world, made)
  const { plan: undo } = await world.app.planUndo(runId, by)
  const { planId, fingerprint } = undo
  const approved = await world.app.approve({ planId, fingerprint }, by)
  if ('refusals' in approved) throw new Error('refused')
  const restored = await restoredAfter(() => world.app.work(approved.run.runId, forever))
  await world.system.wait(60_000)
  await restored.app.reconcile(by)
  const writes = await world.writes()
  expect((await restored.app.work(approved.run.runId, forever))?.status).toBe('stopped')
  expect(await world.writes()).toEqual(writes)
})

it('F20: an incomplete sync reconciles nothing, and the losses of one week add up', async () => {
  const { plan: made } = await plan(world)
  const restored = await restoredAfter(() => run(world, made))
  await world.fault({ kind: 'drop-page', times: 1, match: { path: '/users/search' } })
  await expect(restored.app.reconcile(by)).rejects.toThrow('did not list every account')
  expect(await refused(restored, made)).toEqual(['database-older'])
  const first = await restored.app.reconcile(by)
  const { plan: next } = await plan(restored)
  const again = await restoredAfter(() => run(restored, next, ['over-budget']), restored)
  const second = await again.app.reconcile(by)
  await again.app.setLimits({ budget: 1 }, by)
  const { plan: last, refusals } = await again.app.planFile(policy({ limits: { take: 1 } }), by)
  expect(last.actions).toHaveLength(1)
  const charged = refusals.find(({ code }) => code === 'over-budget')?.actual
  expect(charged).toBe((first?.lost ?? 0) + (second?.lost ?? 0) + 1)
  const kept = await again.app.checkpoints()
  expect((await again.app.verifyAudit(kept)).ok).toBe(true)
})

const refusalOf = async ({ app }: Pick<World, 'app'>, { planId }: { planId: string }) =>
  (await app.showPlan(planId)).refusals.find(({ code }) => code === 'database-older')
