// What an admin does to a run or its plan at any moment, in a real Chromium: cancel it, undo it while it executes, exclude
// users from a plan, and give access back to one user.

import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { openServer } from './hosts.js'

const patience = 240_000
let server: Awaited<ReturnType<typeof openServer>>
let page: Page
let leave: () => Promise<void>
let seen: { readonly complaints: readonly string[]; readonly violations: () => Promise<unknown[]> }
beforeEach(async () => {
  server = await openServer()
  const opened = await openPage()
  ;({ page, close: leave } = opened)
  seen = opened
}, patience)
afterEach(async () => {
  await leave()
  await server.close()
})

interface Planned {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: readonly { readonly accountId: string }[]
}
const plan = async (take: number): Promise<Planned> =>
  server.api('POST', '/plans', {
    document: {
      name: 'Free unused Jira seats',
      scope: { site: host, product: 'jira-software' },
      conditions: { 'inactive-for': '90d' },
      actions: ['revoke-product-access'],
      limits: { take },
    },
  })
/** Approves a plan; every request to Atlassian takes `delayMs`. */
async function begin({ planId, fingerprint }: Planned, delayMs = 0): Promise<string> {
  await server.world.control('faults', { kind: 'delay', delayMs, times: -1 })
  const approved: { runId: string } = await server.api('POST', `/plans/${planId}/approval`, { fingerprint })
  return approved.runId
}
const statusOf = async (runId: string): Promise<string> =>
  ((await server.api('GET', `/runs/${runId}`)) as { status: string }).status
const people = (part: string) => page.getByTestId(part).locator('tbody tr')

describe.each(handsOfScreens)('by $name', { timeout: patience }, (hands) => {
  it('cancels a run with a reason, and says who did it, what it changed, and that an undo restores it', async () => {
    const runId = await begin(await plan(6), 1_200)
    await page.goto(`${server.url}#/runs/${runId}`)
    await page.getByRole('button', { name: 'Undo…' }).waitFor({ timeout: 60_000 })
    await hands.press(page.getByRole('button', { name: 'Cancel run…' }))
    const dialog = page.getByTestId('cancel-dialog')
    await dialog.getByText('At most the request in flight ends.').waitFor()
    await dialog.getByText(/\d users? (was|were) changed; you can undo/).waitFor()
    expect(await seen.violations()).toEqual([])
    await hands.write(dialog.getByLabel('Reason (optional)'), 'The wrong group')
    await hands.press(dialog.getByRole('button', { name: 'Cancel run', exact: true }))
    await dialog.waitFor({ state: 'detached' })
    await page.getByTestId('run-cancelled').getByText('Cancelled by local http').waitFor()
    await page.getByTestId('runs').getByText('Cancelled', { exact: true }).first().waitFor()
    expect(await page.getByRole('button', { name: 'Cancel run…' }).count()).toBe(0)
    expect(await statusOf(runId)).toBe('cancelled')
    const log: { entries: { fact: { reason?: string } }[] } = await server.api(
      'GET',
      '/audit/search?event=run-cancelled',
    )
    expect(log.entries.map(({ fact }) => fact.reason)).toEqual(['The wrong group'])
    await hands.press(page.getByRole('button', { name: 'Undo…' }))
    await page.waitForURL(/#\/plans\//)
    await page.getByTestId('plan-decision').waitFor()
    expect(seen.complaints).toEqual([])
  })

  it('undoes a run while it executes, which cancels it first, and says so before', async () => {
    const runId = await begin(await plan(6), 1_200)
    await page.goto(`${server.url}#/runs/${runId}`)
    await hands.press(page.getByRole('button', { name: 'Undo…' }))
    const dialog = page.getByTestId('undo-dialog')
    await dialog.getByText('Rollcall cancels the run first').waitFor()
    expect(await statusOf(runId)).toBe('executing')
    await hands.press(dialog.getByRole('button', { name: 'Cancel run and undo' }))
    await page.waitForURL(/#\/plans\//, { timeout: 90_000 })
    await page.getByTestId('plan-facts').getByText('Undo', { exact: false }).first().waitFor()
    expect(await statusOf(runId)).toBe('cancelled')
    expect(seen.complaints).toEqual([])
  })

  it('keeps a run when the admin closes the dialog', async () => {
    const runId = await begin(await plan(6), 1_200)
    await page.goto(`${server.url}#/runs/${runId}`)
    await hands.press(page.getByRole('button', { name: 'Cancel run…' }))
    await hands.press(page.getByTestId('cancel-dialog').getByRole('button', { name: 'Keep the run' }))
    await page.getByTestId('cancel-dialog').waitFor({ state: 'detached' })
    expect(await statusOf(runId)).toBe('executing')
  })

  it('cancels a stopped run, which nobody can resume then', async () => {
    const runId = await begin(await plan(6), 1_200)
    await server.api('POST', '/stop', {})
    await expect.poll(() => statusOf(runId)).toBe('stopped')
    await page.goto(`${server.url}#/runs/${runId}`)
    await page.getByRole('button', { name: 'Resume…' }).waitFor()
    await hands.press(page.getByRole('button', { name: 'Cancel run…' }))
    const dialog = page.getByTestId('cancel-dialog')
    await dialog.getByText('nobody can resume it').waitFor()
    await hands.press(dialog.getByRole('button', { name: 'Cancel run', exact: true }))
    await page.getByTestId('run-cancelled').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Resume…' }).count()).toBe(0)
  })

  it('excludes one user with a reason, then several by selection, each time in a new plan', async () => {
    const first = await plan(5)
    await page.goto(`${server.url}#/plans/${first.planId}`)
    await people('plan-changed').nth(4).waitFor()
    const name = await people('plan-changed').first().locator('th span span').first().innerText()
    await hands.press(page.getByRole('button', { name: `Exclude ${name}` }).first())
    const dialog = page.getByTestId('exclude-dialog')
    await dialog.getByText('needs its own approval').waitFor()
    expect(await seen.violations()).toEqual([])
    await hands.write(dialog.getByLabel('Reason (optional)'), 'On leave')
    await hands.press(dialog.getByRole('button', { name: 'Exclude', exact: true }))
    const flag = page.getByTestId('flag')
    await flag.getByText('1 user excluded. This is a new plan').waitFor()
    await flag.getByText('The earlier one was discarded.').waitFor()
    await expect.poll(() => people('plan-changed').count()).toBe(4)
    expect(page.url()).not.toContain(first.planId)
    const excluded = page.getByTestId('plan-excluded')
    await hands.choose(excluded.getByLabel('Reason'), 'left out of this plan by a person')
    await excluded.getByText('left out of this plan by local http: On leave').waitFor()
    expect(await seen.violations()).toEqual([])

    const second = page.url()
    for (const row of [0, 2]) await hands.tick(people('plan-changed').nth(row).getByRole('checkbox'))
    await hands.press(page.getByRole('button', { name: 'Exclude 2 users…' }))
    await hands.press(dialog.getByRole('button', { name: 'Exclude', exact: true }))
    await flag.getByText('2 users excluded.').waitFor()
    await expect.poll(() => people('plan-changed').count()).toBe(2)
    await hands.press(flag.getByRole('button', { name: 'Close' }))
    await flag.waitFor({ state: 'detached' })

    await page.goto(second)
    await page.getByTestId('plans').getByText('Discarded', { exact: true }).first().waitFor()
    await people('plan-changed').first().waitFor()
    expect(await page.getByRole('button', { name: /^Exclude / }).count()).toBe(0)
    expect(seen.complaints).toEqual([])
  })

  it('says why nobody was excluded, and keeps the plan', async () => {
    const made = await plan(2)
    await page.goto(`${server.url}#/plans/${made.planId}`)
    await hands.tick(page.getByTestId('plan-changed').getByLabel('Select all users on this page'))
    await hands.press(page.getByRole('button', { name: 'Exclude 2 users…' }))
    const dialog = page.getByTestId('exclude-dialog')
    await hands.press(dialog.getByRole('button', { name: 'Exclude', exact: true }))
    await dialog.getByTestId('failure').getByText('Discard it instead').waitFor()
    expect(page.url()).toContain(made.planId)
  })

  it('gives back to one user of a run, in the row and in the drawer, and then offers it no more', async () => {
    const made = await plan(2)
    const runId = await begin(made)
    await expect.poll(() => statusOf(runId), { timeout: 60_000 }).toBe('finished')
    await page.goto(`${server.url}#/runs/${runId}`)
    const buttons = page.getByTestId('run-people').getByRole('button', { name: /^Give back to/ })
    await expect.poll(() => buttons.count()).toBe(2)
    expect(await seen.violations()).toEqual([])
    await hands.press(buttons.first())
    await page.waitForURL(/#\/plans\//)
    await expect.poll(() => people('plan-changed').count()).toBe(1)
    await hands.press(page.getByRole('button', { name: 'Approve…' }))
    await hands.press(page.getByRole('button', { name: 'Approve and run 1 change' }))
    await page.waitForURL(/#\/runs\//)
    await page.getByTestId('runs').getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 })
    await page.goto(`${server.url}#/runs/${runId}`)
    await expect.poll(() => buttons.count()).toBe(1)

    const [, second] = made.actions
    const { account }: { account: { email: string } } = await server.api('GET', `/accounts/${second?.accountId ?? ''}`)
    await page.goto(`${server.url}#/org-users?search=${encodeURIComponent(account.email)}`)
    await hands.press(people('users').first().locator('th button'))
    const drawer = page.getByTestId('person')
    await hands.press(drawer.getByRole('button', { name: /^Give back: revoke/ }))
    await page.waitForURL(/#\/plans\//)
    await expect.poll(() => people('plan-changed').count()).toBe(1)
    expect(seen.complaints).toEqual([])
  })
})
