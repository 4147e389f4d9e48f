// The keyboard between screens and in dialogs. The flows of the other files use it as well.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { keyboard } from './hands.js'
import { serveAll } from './served.js'

const patience = 180_000
/** No screen has more tab stops before the wanted one. */
const mostStops = 250
const served = serveAll(patience)

/** The accessible name of the element with the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const element = document.activeElement
    const label = element.labels?.[0]?.textContent
    return element.getAttribute('aria-label') ?? label ?? element.textContent ?? ''
  })()`)

/** Presses Tab until an element with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) return
  }
  throw new Error(`The tabulator never comes to ${name}.`)
}

it('an admin selects, previews, approves and runs without a mouse', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(
    `${served.server.url}#/product-users?site=${host}&product=jira-software&inactiveFor=90d&status=active`,
  )
  const rows = page.getByTestId('users').locator('tbody tr').filter({ hasText: 'Not protected' })
  const name = await rows.first().locator('th button').innerText()
  await tabTo(page, new RegExp(`^Select ${name}$`))
  await page.keyboard.press('Space')
  await page.getByText('1 selected').waitFor()
  await page.keyboard.press('Control+Home')
  await page.locator('main').focus()
  await tabTo(page, /^Preview 1 change$/)
  await page.keyboard.press('Enter')
  await page.getByTestId('plan-facts').waitFor()
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('MAIN')
  await tabTo(page, /^Approve…$/)
  await page.keyboard.press('Enter')
  const dialog = page.getByTestId('approve-dialog')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Approve…')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Type the number of users/)
  await page.keyboard.type('1')
  await tabTo(page, /^Approve and run 1 change$/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/runs\//)
  await page.getByTestId('runs').getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 })
  await close()
})

it('a drawer traps the focus, and returns it to the name that opened it', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/org-users?managed=any`)
  const first = page.getByTestId('users').locator('tbody th button').first()
  await first.focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByTestId('person')
  await drawer.getByText('What Rollcall did').waitFor()
  for (let stops = 0; stops < 20; stops += 1) {
    await page.keyboard.press('Tab')
    const outside = await page.evaluate(`document.activeElement !== document.body &&
      document.activeElement.closest('[data-testid=person]') === null`)
    expect(outside).toBe(false)
  }
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe(await first.innerText())
  await close()
})

const names = [
  'Overview',
  'Org users',
  'Product users',
  'Plans',
  'Policies',
  'Runs',
  'Protected',
  'Audit log',
  'Settings',
]

it('the keyboard reaches every screen, and the navigation names the open one', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(served.server.url)
  await page.getByTestId('seats').waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
  for (const name of names) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe(name)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title()).toBe(`${name} - Rollcall`)
    await expect.poll(() => page.locator('[aria-current="page"]').innerText()).toBe(name)
    await page.getByRole('link', { name, exact: true }).focus()
  }
  await close()
})

/** The part of the page that has the focus. */
const place = (page: Page): Promise<string> =>
  page.evaluate(`document.activeElement.closest('[data-testid], nav')?.getAttribute('data-testid') ??
    document.activeElement.closest('nav')?.getAttribute('aria-label') ?? document.activeElement.tagName`)

it(
  'the focus stays in its part of the page when its element disappears or is disabled',
  { timeout: patience },
  async () => {
    await served.server.api('PUT', '/protections', { subject: 'email:*@freelance.example', reason: 'A test' })
    const { page, close } = await openPage()
    await page.goto(`${served.server.url}#/protected`)
    const row = page.getByTestId('protections').locator('tbody tr').filter({ hasText: 'freelance.example' })
    await row.getByRole('button', { name: 'Remove' }).focus()
    await page.keyboard.press('Enter')
    await keyboard.press(page.getByTestId('remove-protection').getByRole('button', { name: 'Remove protection' }))
    await row.waitFor({ state: 'detached' })
    await expect.poll(() => place(page)).toBe('protections')
    await page.goto(`${served.server.url}#/org-users?managed=any`)
    const next = page.getByRole('button', { name: 'Next page' })
    for (let number = 2; await next.isEnabled(); number += 1) {
      await next.focus()
      await page.keyboard.press('Enter')
      await page.getByText(`Page ${number}`, { exact: true }).waitFor()
      await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
    }
    await expect.poll(() => place(page)).toBe('Pages of users')
    await close()
  },
)
