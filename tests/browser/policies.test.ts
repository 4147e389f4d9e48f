// Policies in a real Chromium: written by form and as YAML, with who matches and when it acts; previewed, enabled, copied.

import { expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { serveAll } from './served.js'

const patience = 120_000
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
  'makes a policy of a filter, counts whom it matches while it changes, and shows its next five dates',
  { timeout: patience },
  async () => {
    const { page, complaints, violations, close } = await openPage(served.browser)
    await page.goto(`${served.server.url}#/product-users?site=${host}&product=jira-software&inactiveFor=90d`)
    await page.getByRole('link', { name: 'Make a policy of this filter' }).click()
    const form = page.getByTestId('policy-form')
    await form.getByLabel('Name', { exact: true }).fill('From a filter')
    const count = page.getByTestId('policy-count')
    await count.getByText('would be touched').waitFor()
    const trial: { matched: number } = await served.server.api('POST', '/policies/trial', {
      ...document,
      conditions: { all: [{ 'inactive-for': '90d' }] },
      limits: {},
    })
    await expect.poll(() => count.innerText()).toMatch(new RegExp(`^${trial.matched}\\b`))
    await form.getByLabel('Value').first().fill('300d')
    await expect.poll(() => count.innerText()).not.toMatch(new RegExp(`^${trial.matched}\\b`))
    await form.getByLabel('Acts').selectOption('every')
    await form.getByLabel('Time zone').fill('Europe/Berlin')
    await expect.poll(() => page.getByTestId('policy-dates').getByRole('listitem').count()).toBe(5)
    await expect.poll(() => page.getByLabel(/as YAML/).inputValue()).toContain('inactive-for: 300d')
    expect(await violations()).toEqual([])
    await form.getByRole('button', { name: 'Save' }).click()
    const card = page.getByTestId('policy').filter({ hasText: 'From a filter' })
    await card.getByText('Paused').waitFor()
    expect(complaints).toEqual([])
    await close()
  },
)

it('follows YAML as well, and says what is wrong with it', { timeout: patience }, async () => {
  const { page, violations, close } = await openPage(served.browser, { colorScheme: 'dark' })
  await page.goto(`${served.server.url}#/policies/new`)
  const yaml = page.getByLabel(/as YAML/)
  await yaml.fill('name: Typed\nscope: organization\nconditions: { inactive-for: 120d }\nactions: [suspend-access]\n')
  await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed')
  await page.getByTestId('policy-outlook').getByText('inactive for 120d').waitFor()
  await yaml.fill('name: Typed\nscope: organization\nconditions: { idle: 1 }\nactions: [suspend-access]\n')
  await page.getByTestId('policy-outlook').getByText('unknown condition "idle"').waitFor()
  expect(await violations()).toEqual([])
  await yaml.fill('name: [')
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await close()
})

it('previews, enables, pauses, copies and deletes a policy', { timeout: patience }, async () => {
  await served.server.api('POST', '/policies', document)
  const { page, violations, close } = await openPage(served.browser)
  await page.goto(`${served.server.url}#/policies`)
  const card = page
    .getByTestId('policy')
    .filter({ has: page.getByRole('heading', { name: 'Weekly cleanup', exact: true }) })
  await card.getByText('Nobody has previewed it').waitFor()
  expect(await violations()).toEqual([])
  await card.getByRole('button', { name: 'Preview' }).click()
  await page.getByTestId('plan-facts').waitFor()
  await expect.poll(() => page.getByTestId('plan-touched').locator('tbody tr').count()).toBe(4)
  await page.getByRole('link', { name: 'Policies', exact: true }).click()
  await card.getByRole('button', { name: 'Enable' }).click()
  await card.getByText('Enabled').waitFor()
  await card.getByText(/7:00 AM GMT\+[12]/).waitFor()
  await card.getByRole('button', { name: 'Pause' }).click()
  await card.getByText('Paused').waitFor()
  await card.getByRole('button', { name: 'Duplicate' }).click()
  await page.getByRole('heading', { name: 'Weekly cleanup (copy)' }).waitFor()
  await page.getByRole('link', { name: 'Policies', exact: true }).click()
  const copy = page.getByTestId('policy').filter({ hasText: 'Weekly cleanup (copy)' })
  await copy.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete now' }).click()
  await copy.waitFor({ state: 'detached' })
  await close()
})
