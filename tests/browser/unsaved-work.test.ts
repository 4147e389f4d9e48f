// Text that an admin is writing, and filters that they choose, survive everything else that happens on the page.

import { expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { serveAll } from './served.js'

const patience = 120_000
const served = serveAll(patience)
const policy = {
  name: 'Deleted by another admin',
  scope: 'organization',
  conditions: { all: [{ 'inactive-for': '90d' }] },
  actions: ['suspend-access'],
}

it(
  'a search and a filter chosen right after it both apply, and going back restores the search field',
  { timeout: patience },
  async () => {
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/org-users?managed=any`)
    const filters = page.getByRole('search', { name: 'Filters' })
    const search = filters.getByLabel('Name or email')
    await search.focus()
    await page.keyboard.type('mia')
    await filters.getByLabel('Status').selectOption('active')
    await page.waitForURL(/search=mia/)
    expect(page.url()).toContain('status=active')
    await search.focus()
    await page.keyboard.type('x')
    await page.waitForURL(/search=miax/)
    await page.goBack()
    await expect.poll(() => filters.getByLabel('Status').inputValue()).toBe('')
    // A slow typist searches for the first letters before they choose the status.
    const looked = () => new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('search') ?? ''
    expect(['', 'mia']).toContain(looked())
    await expect.poll(() => search.inputValue()).toBe(looked())
    await close()
  },
)

it('a link to a product that no longer exists shows no users of another product', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/product-users?site=gone.atlassian.net&product=jira-software`)
  await page.getByText('Jira · gone was not found in the last sync').waitFor()
  expect(await page.getByTestId('users').count()).toBe(0)
  await page.getByLabel('Product', { exact: true }).selectOption(`${host} jira-software`)
  await page.getByTestId('users').locator('tbody tr').first().waitFor()
  await close()
})

it('an admin who opens another screen during a preview stays there', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/org-users`)
  await page.getByTestId('users').locator('tbody input[type=checkbox]').first().check()
  const [requested, held] = [page.waitForRequest('**/plans/preview'), resolvers()]
  await page.route('**/plans/preview', async (route) => {
    await held.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Preview 1 change' }).click()
  await requested
  await page.goto(`${served.server.url}#/policies/new`)
  await page.getByTestId('policy-form').getByLabel('Name', { exact: true }).fill('Being written')
  const answered = page.waitForResponse('**/plans/preview')
  held.resolve()
  await (await answered).finished()
  await expect.poll(() => page.getByTestId('policy-count').getByText('will change').count()).toBe(1)
  expect(page.url()).toContain('#/policies/new')
  await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Being written')
  await page.unrouteAll({ behavior: 'wait' })
  await close()
})

it('an editor keeps a policy that another admin deletes, and saves it as new', { timeout: patience }, async () => {
  await served.server.api('POST', '/policies', policy)
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/policies/${encodeURIComponent(policy.name)}`)
  const form = page.getByTestId('policy-form')
  await form.getByLabel('Value').first().fill('200d')
  await served.server.api('DELETE', `/policies/${encodeURIComponent(policy.name)}`)
  await form.getByText('Another admin deleted this policy').waitFor()
  await expect.poll(() => form.getByLabel('Value').first().inputValue()).toBe('200d')
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByTestId('policy').filter({ hasText: policy.name }).getByText('inactive for 200 days or more').waitFor()
  await close()
})

it(
  'a policy with the name "new" can be edited, and unfinished YAML is not overwritten',
  { timeout: patience },
  async () => {
    await served.server.api('POST', '/policies', { ...policy, name: 'new' })
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/policies`)
    const card = page.getByTestId('policy').filter({ has: page.getByRole('heading', { name: 'new', exact: true }) })
    await card.getByRole('link', { name: 'Edit' }).click()
    const form = page.getByTestId('policy-form')
    await expect.poll(() => form.getByLabel('Name', { exact: true }).inputValue()).toBe('new')
    await page.getByLabel(/as YAML/).fill('name: [half')
    await expect.poll(() => form.getByLabel('Name', { exact: true }).isDisabled()).toBe(true)
    expect(await page.getByLabel(/as YAML/).inputValue()).toBe('name: [half')
    await close()
  },
)

it('Escape closes the dialog above a drawer, and leaves the drawer open', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/org-users`)
  await page.getByTestId('users').locator('tbody th button').first().click()
  const drawer = page.getByTestId('person')
  await drawer.getByRole('button', { name: 'Protect…' }).click()
  await page.getByTestId('protect-dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('protect-dialog').waitFor({ state: 'detached' })
  expect(await drawer.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  await close()
})

/** A promise with its resolve function. */
function resolvers() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((keep) => {
    resolve = keep
  })
  return { promise, resolve }
}
