// Policies: editing by form and as YAML, matching users and next dates, preview, enabling and copying.

import { describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { serveAll } from './served.js'

const patience = 120_000

describe.each(handsOfScreens)('by $name', (hands) => {
  const served = serveAll(patience)

  const document = {
    name: 'Weekly cleanup',
    scope: { site: host, product: 'jira-software' },
    conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
    actions: ['revoke-product-access'],
    schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
    limits: { take: 4 },
  }

  it(
    'makes a policy from a filter, counts matching users during edits, and shows the next five dates',
    { timeout: patience },
    async () => {
      const { page, complaints, close } = await openPage()
      await page.goto(`${served.server.url}#/product-users?site=${host}&product=jira-software&inactiveFor=90d`)
      await hands.press(page.getByRole('link', { name: 'Make a policy of this filter' }))
      const form = page.getByTestId('policy-form')
      await hands.write(form.getByLabel('Name', { exact: true }), 'From a filter')
      const count = page.getByTestId('policy-count')
      await count.getByText('will change').waitFor()
      const trial: { matched: number } = await served.server.api('POST', '/policies/trial', {
        ...document,
        conditions: { all: [{ 'inactive-for': '90d' }] },
        limits: {},
      })
      await expect.poll(() => count.innerText()).toMatch(new RegExp(`^${trial.matched}\\b`))
      await hands.write(form.getByLabel('Value').first(), '300d')
      await expect.poll(() => count.innerText()).not.toMatch(new RegExp(`^${trial.matched}\\b`))
      await hands.choose(form.getByLabel('Runs', { exact: true }), 'every')
      await hands.write(form.getByLabel('Time zone'), 'Europe/Berlin')
      await expect.poll(() => page.getByTestId('policy-dates').getByRole('listitem').count()).toBe(5)
      await expect.poll(() => page.getByLabel(/as YAML/).inputValue()).toContain('inactive-for: 300d')
      await hands.press(form.getByRole('button', { name: 'Save' }))
      const card = page.getByTestId('policy').filter({ hasText: 'From a filter' })
      await card.getByText('Disabled').waitFor()
      expect(complaints).toEqual([])
      await close()
    },
  )

  it(
    'saves a filter for all admins, makes a policy from it in one click, and removes it',
    { timeout: patience },
    async () => {
      const { page, close } = await openPage()
      await page.goto(
        `${served.server.url}#/product-users?site=${host}&product=jira-software&inactiveFor=180d&status=active`,
      )
      const saved = page.getByTestId('saved-filters')
      await hands.press(saved.locator('summary'))
      await hands.write(saved.getByLabel('Save this filter as'), 'Quiet <b>half</b> a year')
      await hands.press(saved.getByRole('button', { name: 'Save filter' }))
      await saved.getByRole('link', { name: 'Quiet <b>half</b> a year', exact: true }).waitFor()
      const other = await openPage()
      await other.page.goto(`${served.server.url}#/org-users`)
      const there = other.page.getByTestId('saved-filters')
      await hands.press(there.locator('summary'))
      await hands.press(there.getByRole('link', { name: 'Quiet <b>half</b> a year', exact: true }))
      await other.page.waitForURL(/product-users\?.*inactiveFor=180d/)
      await hands.press(there.locator('summary'))
      await hands.press(there.getByRole('link', { name: 'Make a policy of Quiet' }))
      const form = other.page.getByTestId('policy-form')
      await expect.poll(() => form.getByLabel('Name', { exact: true }).inputValue()).toBe('Quiet <b>half</b> a year')
      await other.page
        .getByTestId('policy-outlook')
        .getByText(`revoke Jira (${host.split('.')[0] ?? ''})`)
        .waitFor()
      await expect.poll(() => other.page.getByLabel(/as YAML/).inputValue()).toContain('inactive-for: 180d')
      await other.close()
      await hands.press(saved.getByRole('button', { name: 'Remove Quiet' }))
      await saved.getByText('No saved filters yet').waitFor()
      await close()
    },
  )

  it('edits YAML as well, and explains its mistakes', { timeout: patience }, async () => {
    const { page, close } = await openPage({ colorScheme: 'dark' })
    await page.goto(`${served.server.url}#/policies/new`)
    const yaml = page.getByLabel(/as YAML/)
    await hands.write(
      yaml,
      'name: Typed\nscope: organization\nconditions: { inactive-for: 120d }\nactions: [suspend-access]\n',
    )
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed')
    await page.getByTestId('policy-outlook').getByText('match: inactive for 120 days or more').waitFor()
    await hands.write(yaml, 'name: Typed\nscope: organization\nconditions: { idle: 1 }\nactions: [suspend-access]\n')
    await page.getByTestId('policy-outlook').getByText('unknown condition "idle"').waitFor()
    await hands.write(yaml, 'name: [')
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await close()
  })

  it(
    'reports that another admin has saved the policy, and continues from their version',
    { timeout: patience },
    async () => {
      const name = `Written by two, ${hands.name}`
      await served.server.api('POST', '/policies', { ...document, name })
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/policies/${encodeURIComponent(name)}`)
      const form = page.getByTestId('policy-form')
      await hands.write(form.getByLabel('Value').first(), '200d')
      await served.server.api('POST', '/policies', { ...document, name, actions: ['suspend-access'] })
      await form.getByTestId('saved-meanwhile').waitFor()
      await expect.poll(() => page.getByLabel(/as YAML/).inputValue()).toContain('inactive-for: 200d')
      await hands.press(form.getByRole('button', { name: 'Load their version' }))
      await expect.poll(() => page.getByLabel(/as YAML/).inputValue()).toContain('suspend-access')
      await expect.poll(() => page.getByLabel(/as YAML/).inputValue()).not.toContain('200d')
      await hands.write(form.getByLabel('Value').first(), '300d')
      await hands.press(form.getByRole('button', { name: 'Save' }))
      await page.getByTestId('policy').filter({ hasText: name }).getByText('inactive for 300 days or more').waitFor()
      await close()
    },
  )

  it('previews, enables, pauses, copies and deletes a policy', { timeout: patience }, async () => {
    await served.server.api('POST', '/policies', document)
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/policies`)
    const card = page
      .getByTestId('policy')
      .filter({ has: page.getByRole('heading', { name: 'Weekly cleanup', exact: true }) })
    await card.getByText('Will not run until previewed').waitFor()
    await hands.press(card.getByRole('button', { name: 'Preview' }))
    await page.getByTestId('plan-facts').waitFor()
    await expect.poll(() => page.getByTestId('plan-changed').locator('tbody tr').count()).toBe(4)
    const refusals = page.getByTestId('plan-refusals')
    await refusals.getByText('is disabled or gone. Enable the policy.').waitFor()
    await hands.press(refusals.getByRole('button', { name: 'Enable the policy' }))
    await refusals.getByText('All checks passed').waitFor()
    await hands.press(page.getByRole('link', { name: 'Policies', exact: true }))
    await card.getByText('Enabled').waitFor()
    await hands.press(card.getByRole('button', { name: 'Run now' }))
    await page.getByTestId('approve-dialog').getByRole('button', { name: 'Approve and run 4 changes' }).waitFor()
    await hands.press(page.getByTestId('approve-dialog').getByRole('button', { name: 'Cancel' }))
    await hands.press(page.getByRole('link', { name: 'Policies', exact: true }))
    await card.getByText(/7:00 AM GMT\+[12]/).waitFor()
    await hands.press(card.getByRole('button', { name: 'Disable' }))
    await card.getByText('Disabled').waitFor()
    await hands.press(card.getByRole('button', { name: 'Duplicate' }))
    await page.getByRole('heading', { name: 'Weekly cleanup (copy)' }).waitFor()
    await hands.press(page.getByRole('link', { name: 'Policies', exact: true }))
    const copy = page.getByTestId('policy').filter({ hasText: 'Weekly cleanup (copy)' })
    await hands.press(copy.getByRole('button', { name: 'Delete' }))
    await hands.press(page.getByRole('button', { name: 'Delete policy' }))
    await copy.waitFor({ state: 'detached' })
    await close()
  })
})
