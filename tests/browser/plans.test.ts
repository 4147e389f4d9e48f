// Plans in a real Chromium: which accounts a plan changes and excludes and why, what refuses a plan, and the decision about it.

import { describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { serveAll } from './served.js'

const patience = 120_000

describe.each(handsOfScreens)('by $name', (hands) => {
  const served = serveAll(patience)

  const cleanup = (changes: Record<string, unknown> = {}) => ({
    document: {
      name: 'Free unused Jira seats',
      scope: { site: host, product: 'jira-software' },
      conditions: { 'inactive-for': '90d' },
      actions: ['revoke-product-access'],
      limits: { take: 3 },
      ...changes,
    },
  })
  interface Planned {
    readonly planId: string
    readonly fingerprint: string
    readonly actions: readonly { readonly accountId: string; readonly reason: string }[]
    readonly spared: { readonly reasons: readonly { readonly text: string; readonly accounts: number }[] }
  }
  const planned = async (changes?: Record<string, unknown>): Promise<Planned> =>
    served.server.api('POST', '/plans', cleanup(changes))

  it(
    'shows the accounts that a plan changes and excludes, with the reasons of the plan, and is approved and run',
    { timeout: patience },
    async () => {
      const plan = await planned()
      const { page, complaints, close } = await openPage()
      await page.goto(`${served.server.url}#/plans/${plan.planId}`)
      const changed = page.getByTestId('plan-changed')
      await changed
        .getByText(plan.actions[0]?.reason ?? '')
        .first()
        .waitFor()
      await expect.poll(() => changed.locator('tbody tr').count()).toBe(plan.actions.length)
      const excluded = page.getByTestId('plan-excluded')
      await excluded.locator('tbody tr').first().waitFor()
      const reason = plan.spared.reasons.find(({ accounts }) => accounts < 40) ?? { text: '', accounts: 0 }
      await hands.choose(excluded.getByLabel('Reason'), reason.text)
      await expect.poll(() => excluded.locator('tbody tr').count()).toBe(reason.accounts)
      const query = new URLSearchParams({ part: 'excluded', reason: reason.text })
      const { people }: { people: readonly { reason: string }[] } = await served.server.api(
        'GET',
        `/plans/${plan.planId}/people?${query}`,
      )
      expect(await excluded.locator('tbody td').allInnerTexts()).toEqual(people.map((one) => one.reason))
      for (const one of people) expect(one.reason).toContain(reason.text)
      await expect.poll(() => page.getByTestId('plan-facts').innerText()).toContain(plan.fingerprint)
      await expect
        .poll(() => page.getByTestId('plan-frees').innerText())
        .toContain(`Frees 3 seats of Jira · ${host.split('.')[0] ?? ''}.`)

      await hands.press(page.getByRole('button', { name: 'Approve…' }))
      const dialog = page.getByTestId('approve-dialog')
      await hands.press(dialog.getByRole('button', { name: 'Approve and run 3 changes' }))
      await page.waitForURL(/#\/runs\//)
      expect(complaints).toEqual([])
      await close()
    },
  )

  it(
    'runs a plan beyond the limits only after the admin accepts each refusal and types the count',
    { timeout: patience },
    async () => {
      const plan = await planned({ limits: { take: 6, accounts: 5 } })
      const { page, close } = await openPage({ colorScheme: 'dark' })
      await page.goto(`${served.server.url}#/plans/${plan.planId}`)
      const refusals = page.getByTestId('plan-refusals')
      await refusals.getByText('too-many').waitFor()
      await expect.poll(() => refusals.innerText()).toMatch(/6, limit 5/)
      await hands.press(page.getByRole('button', { name: 'Approve…' }))
      const dialog = page.getByTestId('approve-dialog')
      const run = dialog.getByRole('button', { name: 'Approve and run 6 changes' })
      await expect.poll(() => run.isDisabled()).toBe(true)
      for (const box of await dialog.getByRole('checkbox').all()) await hands.tick(box)
      await hands.write(dialog.getByLabel(/Type the number of users/), '5')
      await expect.poll(() => run.isDisabled()).toBe(true)
      await hands.write(dialog.getByLabel(/Type the number of users/), '6')
      await hands.press(run)
      await page.waitForURL(/#\/runs\//)
      await close()
    },
  )

  it(
    'resumes the rest of a stopped run, and does not ask again for accepted refusals',
    { timeout: patience },
    async () => {
      const executing = async () => {
        const runs: { status: string }[] = await served.server.api('GET', '/runs')
        return runs.filter(({ status }) => status === 'executing').length
      }
      await expect.poll(executing).toBe(0)
      const plan = await planned({ limits: { take: 6, accounts: 5 } })
      const third = { path: encodeURIComponent(plan.actions[2]?.accountId ?? '') }
      await served.server.world.control('faults', { kind: 'status', status: 401, match: third, times: 1 })
      const { runId }: { runId: string } = await served.server.api('POST', `/plans/${plan.planId}/approval`, {
        fingerprint: plan.fingerprint,
        accepted: ['too-many', 'over-budget'],
      })
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/runs/${runId}`)
      await hands.press(page.getByRole('button', { name: 'Resume…' }))
      await page.getByTestId('plan-decision').getByText('4 of 6 changes remain').waitFor()
      await hands.press(page.getByRole('button', { name: 'Resume the run…' }))
      const dialog = page.getByTestId('approve-dialog')
      await dialog.getByText('4 × revoke').waitFor()
      await expect.poll(() => dialog.innerText()).toContain('too-many')
      expect(await dialog.getByRole('checkbox').count()).toBe(0)
      await hands.press(dialog.getByRole('button', { name: 'Resume 4 changes' }))
      await page.waitForURL(/#\/runs\//)
      await page.getByTestId('runs').getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 })
      await close()
    },
  )

  it('discards a plan, and lists waiting plans first', { timeout: patience }, async () => {
    const plan = await planned({ limits: { take: 6, accounts: 5 } })
    await served.server.api('POST', `/plans/${plan.planId}/approval`, { fingerprint: plan.fingerprint })
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/plans`)
    const waiting = page.getByTestId('plans-waiting')
    await waiting.getByText('Blocked').waitFor()
    await hands.press(waiting.getByRole('link', { name: 'Free unused Jira seats' }).first())
    await hands.press(page.getByRole('button', { name: 'Discard' }))
    await page.getByText('Discarded').first().waitFor()
    await expect.poll(() => page.getByTestId('plan-decision').count()).toBe(0)
    await close()
  })

  it('lists all other plans in pages, the newest first', { timeout: patience }, async () => {
    const made: string[] = []
    for (let n = 0; n < 26; n += 1) made.push((await planned({ limits: { take: 1 } })).planId)
    const { page, complaints, close } = await openPage()
    await page.goto(`${served.server.url}#/plans`)
    const [others, pager] = [page.getByTestId('plans-newest'), page.getByRole('navigation', { name: 'Pages of plans' })]
    const links = () => others.locator('tbody a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    await expect.poll(async () => (await links())[0]).toBe(`#/plans/${made.at(-1)}`)
    expect(await links()).not.toContain(`#/plans/${made[0]}`)
    await hands.press(pager.getByRole('button', { name: 'Next page' }))
    await expect.poll(async () => (await links())[0]).toBe(`#/plans/${made[0]}`)
    await hands.press(pager.getByRole('button', { name: 'Previous page' }))
    await expect.poll(async () => (await links())[0]).toBe(`#/plans/${made.at(-1)}`)
    expect(complaints).toEqual([])
    await close()
  })

  it('offers no approval for a plan without changes, and reports a missing plan', { timeout: patience }, async () => {
    const plan = await planned({ conditions: { all: [{ 'inactive-for': '90d' }, { 'in-group': 'org-admins' }] } })
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/plans/${plan.planId}`)
    await page
      .getByTestId('plans')
      .getByText(/nothing to approve/)
      .first()
      .waitFor()
    await page.goto(`${served.server.url}#/plans/none`)
    await page.getByTestId('trouble').getByText('There is no plan "none"').waitFor()
    await close()
  })
})
