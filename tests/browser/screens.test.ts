// The overview's cards, the protected list, the audit log and the settings.

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { serveAll } from './served.js'

const patience = 120_000

describe.each(handsOfScreens)('by $name', (hands) => {
  const served = serveAll(patience)

  async function textOf(page: Page, act: () => Promise<void>): Promise<string> {
    const downloading = page.waitForEvent('download')
    await act()
    let text = ''
    for await (const chunk of await (await downloading).createReadStream()) text += String(chunk)
    return text
  }

  it(
    'the overview lists what needs attention, and changes thresholds without another request',
    { timeout: patience },
    async () => {
      const { page, close } = await openPage()
      await page.goto(served.server.url)
      const chart = page.getByTestId('inactivity')
      await chart
        .getByText(/^Never active/)
        .first()
        .waitFor()
      await page.getByTestId('attention').waitFor()
      const counts = async () => (await chart.locator('tbody td:nth-child(2)').allInnerTexts()).map(Number)
      const before = await counts()
      let requests = 0
      page.on('request', (request) => (requests += request.url().includes('/activity') ? 1 : 0))
      await hands.write(chart.getByLabel(/Inactive after/), '200')
      await expect.poll(counts).not.toEqual(before)
      const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
      expect(sum(await counts())).toBe(sum(before))
      expect(requests).toBe(0)
      const link = chart.getByRole('link', { name: /inactive for 200 days/ })
      const [listed] = /\d+ users?/.exec(await link.innerText()) ?? []
      await hands.press(link)
      await page.getByText(`${listed}, synced`).waitFor()
      await close()
    },
  )

  it('the overview syncs, shows the progress, and then the seats over time', { timeout: patience }, async () => {
    const { page, close } = await openPage({ colorScheme: 'dark' })
    await page.goto(served.server.url)
    await hands.press(page.getByTestId('data').getByRole('button'))
    await page.getByTestId('data').getByRole('button', { name: 'Sync now' }).waitFor()
    await page
      .getByTestId('seat-history')
      .getByText(/from \d+ to \d+ seats/)
      .first()
      .waitFor()
    await close()
  })

  it(
    'the protected list accepts pasted lines, explains invalid ones, and shows reasons and ends',
    { timeout: patience },
    async () => {
      const { page, close } = await openPage({ timezoneId: 'America/New_York' })
      const { accounts }: { accounts: readonly { email: string }[] } = await served.server.api(
        'GET',
        '/accounts?managed=true&limit=1',
      )
      await page.goto(`${served.server.url}#/protected`)
      await page.getByTestId('automatic').getByText('likely service account').first().waitFor()
      const add = page.getByTestId('add-protection')
      await hands.write(
        add.getByLabel('Protect, one per line'),
        `group:no-such-group\nnobody@acme.example\n${accounts[0]?.email ?? ''}\nemail:*@partner.example`,
      )
      await hands.write(add.getByLabel('Reason'), 'Agreed with legal')
      await hands.write(add.getByLabel('Until (optional)'), '2099-01-31')
      await hands.press(add.getByRole('button', { name: 'Protect 4' }))
      await add.getByText('2 protected, 2 not protected.').waitFor()
      await add.getByText('No account is in a group no-such-group').waitFor()
      await add.getByText('No account has an email address that fits nobody@acme.example').waitFor()
      const entries = page.getByTestId('protections')
      await entries.getByText('email:*@partner.example').waitFor()
      await expect.poll(() => entries.innerText()).toContain('Jan 31, 2099')
      const row = entries.locator('tbody tr').filter({ hasText: 'partner' })
      await hands.press(row.getByRole('button', { name: 'Remove the protection of email:*@partner.example' }))
      await hands.press(page.getByTestId('remove-protection').getByRole('button', { name: 'Remove protection' }))
      await row.waitFor({ state: 'detached' })
      await close()
    },
  )

  it(
    'the audit log can be searched, shows the entries of a run, verifies, and exports everything',
    { timeout: patience },
    async () => {
      const { page, close } = await openPage()
      const [run]: { runId: string; policy: string; counts: { applied: number } }[] = await served.server.api(
        'GET',
        '/runs',
      )
      await page.goto(`${served.server.url}#/audit?runId=${run?.runId ?? ''}`)
      const entries = page.getByTestId('audit-entries')
      await entries.getByText('Run finished').waitFor()
      await expect.poll(() => entries.locator('tbody tr').last().innerText()).toContain('Plan made')
      await hands.choose(page.getByLabel('Result', { exact: true }), 'applied')
      await expect
        .poll(async () => new Set(await entries.locator('tbody th').allInnerTexts()))
        .toEqual(new Set(['Change finished: Revoke product access']))
      await hands.choose(page.getByLabel('Action'), 'revoke-product-access')
      await hands.write(page.getByLabel('Policy', { exact: true }), 'no such policy')
      await entries.getByText('No matching entries').waitFor()
      await hands.write(page.getByLabel('Policy', { exact: true }), run?.policy ?? '')
      await expect.poll(() => entries.locator('tbody tr').count()).toBe(run?.counts.applied)
      const found = await textOf(page, () =>
        hands.press(page.getByRole('button', { name: 'Export matching entries as CSV' })),
      )
      const [head = '', ...rows] = found.trim().split(/\r?\n/)
      expect(head).toContain('actor,event,runId')
      expect(rows.length).toBe(run?.counts.applied)
      expect(rows.every((row) => row.includes(',result,') && row.includes(',applied,'))).toBe(true)
      expect(page.url()).toMatch(/#\/audit\?.*policy=/)
      await hands.press(page.getByRole('link', { name: 'Audit log', exact: true }))
      await expect.poll(() => page.getByLabel('Policy', { exact: true }).inputValue()).toBe('')
      await hands.press(page.getByRole('button', { name: 'Verify' }))
      await page.getByTestId('audit-intact').waitFor()
      const text = await textOf(page, () => hands.press(page.getByRole('button', { name: 'Export JSON Lines' })))
      const indexes = text
        .trim()
        .split('\n')
        .flatMap((line) => {
          const { index } = JSON.parse(line) as { index?: number }
          return index === undefined ? [] : [index]
        })
      expect(indexes).toEqual(indexes.map((_, position) => position + 1))
      await close()
    },
  )

  it(
    'the settings keep limits within bounds, turn the stop switch, and list the non-working days',
    { timeout: patience },
    async () => {
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/settings`)
      const limits = page.getByTestId('limits')
      await hands.write(limits.getByLabel('percent of the population that one run may change'), '90')
      await hands.press(limits.getByRole('button', { name: 'Save limits' }))
      await limits.getByText('must be at most 20').waitFor()
      await hands.write(limits.getByLabel('percent of the population that one run may change'), '7')
      await hands.press(limits.getByRole('button', { name: 'Save limits' }))
      await expect
        .poll(async () => ((await served.server.api('GET', '/limits')) as { percent: number }).percent)
        .toBe(7)
      const stop = page.getByTestId('stop-switch')
      await hands.press(stop.getByRole('button', { name: 'Stop everything' }))
      await page.getByTestId('notice-stopped').waitFor()
      await hands.press(stop.getByRole('button', { name: 'Allow runs again' }))
      await page.getByTestId('notice-stopped').waitFor({ state: 'detached' })
      const rest = page.getByTestId('non-working-days')
      await hands.tick(rest.getByLabel('Friday'))
      await hands.write(rest.getByLabel(/Holidays/), '2026-12-25\n2027-01-01')
      await hands.press(rest.getByRole('button', { name: 'Save non-working days' }))
      await expect
        .poll(() => served.server.api('GET', '/rest-days'))
        .toEqual({ weekdays: ['friday', 'saturday', 'sunday'], holidays: ['2026-12-25', '2027-01-01'] })
      await close()
    },
  )
})
