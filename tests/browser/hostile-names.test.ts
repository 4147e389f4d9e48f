// Names and addresses are untrusted. The page shows them as text and keeps its layout, and a spreadsheet reads them as text.
// packages/api/test/csv.test.ts tests the file itself.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openPage } from './chromium.js'
import { serveAll } from './served.js'

const patience = 120_000
const served = serveAll(patience)

const names = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  'x'.repeat(300),
  'long '.repeat(60),
  '\u202Eevil\u202C مرحبا بالعالم שלום',
  '=HYPERLINK("https://evil.example","click")',
  '',
  '`code` ${1+1} {{2}}',
]

/** Each user has a different name. */
async function renamed(page: Page): Promise<void> {
  await page.route('**/api/accounts?*', async (route) => {
    const answer = await route.fetch()
    const listing = (await answer.json()) as { accounts: { name: string; email: string }[] }
    const accounts = listing.accounts.map((account, index) => {
      const name = names[index % names.length] ?? ''
      return { ...account, name, email: `${name}@acme.example`, groups: [name], protected: { by: name } }
    })
    await route.fulfill({ json: { ...listing, accounts } })
  })
}

it('the page shows every name as text, and no table is wider than the page', { timeout: patience }, async () => {
  const { page, complaints, close } = await openPage({ viewport: { width: 1000, height: 800 } })
  await renamed(page)
  await page.goto(`${served.server.url}#/org-users?managed=any`)
  const rows = page.getByTestId('users').locator('tbody tr')
  await rows.first().waitFor()
  await page.getByText('Columns', { exact: true }).click()
  await page.getByRole('group', { name: 'Columns' }).getByLabel('Groups').check()
  await expect.poll(() => rows.nth(0).locator('th button').innerText()).toBe(names[0])
  await expect.poll(() => rows.nth(4).locator('th button').innerText()).toBe(names[4])
  await expect.poll(() => page.locator('main img, main script').count()).toBe(0)
  await expect.poll(() => page.title()).toBe('Org users - Rollcall')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1000)
  for (const index of [1, 2]) {
    const box = await rows.nth(index).locator('th').boundingBox()
    expect(box?.width ?? Infinity).toBeLessThan(400)
  }
  expect(complaints).toEqual([])
  await page.unrouteAll({ behavior: 'wait' })
  await close()
})

it('an export contains every user once, and every cell is text', { timeout: patience }, async () => {
  const { page, close } = await openPage()
  await page.goto(`${served.server.url}#/org-users?managed=any`)
  await page.getByTestId('users').waitFor()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  let text = ''
  for await (const chunk of await (await downloading).createReadStream()) text += String(chunk)
  const { total }: { total: number } = await served.server.api('GET', '/accounts?limit=1')
  const ids = [...text.matchAll(/^"?([^",]+)"?,/gm)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(total + 1)
  expect(text).not.toMatch(/(^|,|\n)"?[=+@-]/)
  await close()
})
