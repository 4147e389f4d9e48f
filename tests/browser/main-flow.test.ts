// The main flow in a real Chromium: preview, approve, watch the run, and take it back.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { launch, openPage } from './chromium.js'
import { openServer } from './hosts.js'

const patience = 180_000
let [browser, server] = [] as unknown as [Browser, Awaited<ReturnType<typeof openServer>>]
beforeAll(async () => {
  browser = await launch()
  server = await openServer()
}, patience)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

it(
  'goes from picked people over a preview and an approval to a run, and back by its undo',
  { timeout: patience },
  async () => {
    const before = (await server.world.writes()).length
    const { page, complaints, violations, close } = await openPage(browser)
    await page.goto(`${server.url}#/product-users?site=${host}&product=jira-software&inactiveFor=90d&status=active`)
    const rows = page.getByTestId('users').locator('tbody tr').filter({ hasText: 'Not protected' })
    await rows.first().waitFor()
    for (const index of [0, 1, 2]) await rows.nth(index).getByRole('checkbox').check()
    await page.getByLabel('Action').selectOption('suspend-access')
    await page.getByRole('button', { name: 'Preview for 3 people' }).click()
    await page.getByTestId('plan-facts').waitFor()
    expect(await server.world.writes()).toHaveLength(before)
    const touched = await page.getByTestId('plan-touched').locator('tbody tr').count()
    await page.getByRole('button', { name: 'Approve …' }).click()
    await page.getByLabel(/Type the number of accounts/).fill(String(touched))
    await page.getByRole('button', { name: /^Run for \d+ account/ }).click()

    await page.getByTestId('run-progress').waitFor()
    await page.getByTestId('runs').getByText('Finished').first().waitFor()
    const results = page.getByTestId('run-people')
    await results.getByRole('button', { name: `Applied (${touched})` }).click()
    await expect.poll(() => results.locator('tbody tr').count()).toBe(touched)
    expect(await violations()).toEqual([])
    expect(new Set((await server.world.writes()).slice(before)).size).toBe(touched)

    await page.getByRole('button', { name: 'Undo …' }).click()
    await page.getByTestId('plan-facts').getByText('restore').first().waitFor()
    expect(await page.getByTestId('plan-touched').locator('tbody tr').count()).toBe(touched)
    await page.getByRole('button', { name: 'Approve …' }).click()
    await page.getByRole('button', { name: /^Run for \d+ account/ }).click()
    await page.getByTestId('runs').getByText('Finished').first().waitFor()
    await page.getByRole('button', { name: `Applied (${touched})` }).waitFor()
    expect(complaints).toEqual([])

    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByTestId('runs').locator('tbody tr').nth(2).waitFor()
    expect(await violations()).toEqual([])
    await close()
  },
)

it('stops every run when it is told to', { timeout: patience }, async () => {
  const accounts: { accounts: { accountId: string; protected: unknown }[] } = await server.api(
    'GET',
    '/accounts?limit=300&status=active&inactiveFor=30d',
  )
  const picked = accounts.accounts.filter((one) => one.protected === null).slice(0, 6)
  const plan: { planId: string; fingerprint: string } = await server.api('POST', '/plans', {
    action: 'suspend-access',
    accounts: picked.map(({ accountId }) => accountId),
  })
  await server.world.control('faults', { kind: 'delay', delayMs: 1500, times: -1, match: {} })
  const { page, close } = await openPage(browser)
  const run: { runId: string } = await server.api('POST', `/plans/${plan.planId}/approval`, {
    fingerprint: plan.fingerprint,
  })
  await page.goto(`${server.url}#/runs/${run.runId}`)
  await page.getByRole('button', { name: 'Stop …' }).click()
  await page.getByRole('button', { name: 'Stop now' }).click()
  await page.getByTestId('notice-stopped').waitFor()
  await page.getByTestId('runs').getByText('Stopped', { exact: true }).first().waitFor()
  await server.api('POST', '/resume', {})
  await close()
})
