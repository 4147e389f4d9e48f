// Changes appear on an open page without a reload: a stopped run, a rate limit, a killed server, a schedule that fires, and
// the work of another admin.

import { beforeEach, describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { openServer } from './hosts.js'

const patience = 240_000
let server: Awaited<ReturnType<typeof openServer>>
beforeEach(async () => {
  server = await openServer()
  return () => server.close()
}, patience)

/** Approves a plan that suspends this many inactive users who are not protected. The run meets the fault; planning does not. */
async function begin(count: number, fault: Record<string, unknown>): Promise<string> {
  const { accounts }: { accounts: { accountId: string; protected: unknown }[] } = await server.api(
    'GET',
    '/accounts?limit=300&status=active&inactiveFor=30d',
  )
  const picked = accounts.filter((one) => one.protected === null).map(({ accountId }) => accountId)
  const { planId, fingerprint }: { planId: string; fingerprint: string } = await server.api('POST', '/plans', {
    action: 'suspend-access',
    accounts: picked.slice(0, count),
  })
  await server.world.control('faults', fault)
  const { runId }: { runId: string } = await server.api('POST', `/plans/${planId}/approval`, { fingerprint })
  return runId
}
const slowly = (delayMs: number) => ({ kind: 'delay', delayMs, times: -1 })

describe('while a page is open', { timeout: patience }, () => {
  it.each(handsOfScreens)('an admin stops all runs with $name', async (hands) => {
    const runId = await begin(6, slowly(1500))
    const { page, close } = await openPage()
    await page.goto(`${server.url}#/runs/${runId}`)
    await hands.press(page.getByRole('button', { name: 'Stop all runs…' }))
    await hands.press(page.getByRole('button', { name: 'Stop now' }))
    await page.getByTestId('notice-stopped').getByText('each needs its own approval to go on').waitFor()
    await page.getByTestId('runs').getByText('Stopped', { exact: true }).first().waitFor({ timeout: 60_000 })
    await close()
  })

  it('a rate-limited run says that it waits, and finishes', async () => {
    const retry = { kind: 'rate-limit', times: 1, match: { method: 'POST' }, headers: { 'retry-after': '20' } }
    const runId = await begin(2, retry)
    const { page, violations, close } = await openPage()
    await page.goto(`${server.url}#/runs/${runId}`)
    const waits = page.getByTestId('run-waits')
    await waits.getByText('Atlassian limits the rate of requests').waitFor({ timeout: 60_000 })
    await waits.getByText(/Until .*\d:\d\d/).waitFor()
    expect(await violations()).toEqual([])
    await page.getByTestId('runs').getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 })
    await close()
  })

  it('the page reports a killed server, and the run finishes after a restart', async () => {
    const runId = await begin(5, slowly(400))
    const { page, close } = await openPage()
    await page.goto(`${server.url}#/runs/${runId}`)
    await page.getByTestId('run-progress').waitFor()
    const startAgain = await server.kill()
    await page.getByTestId('trouble').first().getByText('cannot be reached').first().waitFor({ timeout: 60_000 })
    await startAgain()
    await page.getByTestId('trouble').first().waitFor({ state: 'detached', timeout: 60_000 })
    await page.getByTestId('runs').getByText('Finished', { exact: true }).first().waitFor({ timeout: 120_000 })
    await close()
  })

  it('a schedule fires, and its plan appears under Plans and on the overview', async () => {
    const { page, close } = await openPage()
    await page.goto(`${server.url}#/plans`)
    await page.getByTestId('plans-waiting').getByText('No plan needs approval').waitFor()
    const once = new Date(Date.now() + 8_000).toISOString().slice(0, 19)
    await server.api('POST', '/policies', {
      name: 'Fires once',
      scope: { site: host, product: 'jira-software' },
      conditions: { 'inactive-for': '90d' },
      actions: ['revoke-product-access'],
      schedule: { once, timeZone: 'UTC', weekends: true, holidays: true },
      limits: { take: 2 },
    })
    await server.api('POST', '/policies/Fires%20once/enable', {})
    await page.getByTestId('plans-waiting').getByRole('link', { name: 'Fires once' }).waitFor({ timeout: 90_000 })
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await page.getByTestId('attention').getByText('"Fires once" for 2 accounts').waitFor({ timeout: 60_000 })
    await close()
  })

  it('an admin sees what another admin does: the stop switch, a policy, a protection', async () => {
    const [first, second] = [await openPage(), await openPage()]
    await first.page.goto(`${server.url}#/settings`)
    await second.page.goto(`${server.url}#/plans`)
    await second.page.getByTestId('plans-waiting').waitFor()
    await first.page.getByRole('button', { name: 'Stop everything' }).click()
    await second.page.getByTestId('notice-stopped').waitFor({ timeout: 60_000 })
    await second.page.goto(`${server.url}#/policies`)
    await second.page.getByText('No policies yet').waitFor()
    await server.api('POST', '/policies', {
      name: 'Made by another admin',
      scope: 'organization',
      conditions: { 'inactive-for': '90d' },
      actions: ['suspend-access'],
    })
    await second.page.getByRole('heading', { name: 'Made by another admin' }).waitFor({ timeout: 60_000 })
    await second.page.goto(`${server.url}#/protected`)
    await second.page.getByTestId('protections').waitFor()
    await server.api('PUT', '/protections', { subject: 'email:*@freelance.example', reason: 'By another admin' })
    await second.page.getByText('email:*@freelance.example').waitFor({ timeout: 60_000 })
    await first.close()
    await second.close()
  })
})
