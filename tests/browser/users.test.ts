// The user tables: filters, sorting, pages, selection over pages, the drawer, and previews.

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { handsOfScreens } from './hands.js'
import { serveAll } from './served.js'

const patience = 120_000

describe.each(handsOfScreens)('by $name', (hands) => {
  const served = serveAll(patience)

  type Use = { readonly lastActive: { readonly at?: string } }
  interface AccountView extends Use {
    readonly accountId: string
    readonly name: string
    readonly email: string
    readonly products: readonly (Use & { readonly site: string; readonly product: string })[]
  }
  interface Listing {
    readonly total: number
    readonly accounts: readonly AccountView[]
  }
  const listing = async (query: string): Promise<Listing> => served.server.api('GET', `/accounts?${query}`)
  const rows = (page: Page) => page.getByTestId('users').locator('tbody tr')
  const names = (page: Page) => page.getByTestId('users').locator('tbody th button').allInnerTexts()

  describe('org users', { timeout: patience }, () => {
    it('lists all accounts, searches by name, and keeps the filter in the address', async () => {
      const { page, complaints, close } = await openPage()
      await page.goto(`${served.server.url}#/org-users`)
      const all = await listing('')
      await page.getByText(`${all.total} users, synced`).waitFor()
      await expect.poll(() => rows(page).count()).toBe(50)
      const wanted = all.accounts[7]?.name ?? ''
      await hands.write(page.getByLabel('Name or email'), wanted)
      await expect.poll(() => names(page)).toContain(wanted)
      await expect.poll(() => page.url()).toContain('search=')
      await page.reload()
      await expect.poll(() => names(page)).toContain(wanted)
      await expect.poll(() => page.getByLabel('Name or email').inputValue()).toBe(wanted)
      expect(complaints).toEqual([])
      await close()
    })

    it('sorts on the host, pages by key, and selects over pages', async () => {
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/org-users?managed=any`)
      await rows(page).first().waitFor()
      await hands.press(page.getByRole('button', { name: 'Last active' }))
      const [first] = (await listing('sort=lastActive&limit=1')).accounts
      await expect.poll(async () => (await names(page))[0]).toBe(first?.name)
      await hands.tick(page.getByLabel('Select all users on this page'))
      await page.getByText('50 selected').waitFor()
      await hands.press(page.getByRole('button', { name: 'Next page' }))
      await page.getByText('Page 2').waitFor()
      await expect.poll(() => rows(page).locator('input:checked').count()).toBe(0)
      await hands.tick(rows(page).first().getByRole('checkbox'))
      await page.getByText('51 selected').waitFor()
      await hands.press(page.getByRole('button', { name: 'Previous page' }))
      await expect.poll(() => rows(page).locator('input:checked').count()).toBe(50)
      await hands.press(page.getByRole('button', { name: 'Select all 400 matching' }))
      await page.getByText('400 selected').waitFor()
      await close()
    })

    it('previews a plan for exactly the matching users', async () => {
      const { page, close } = await openPage({ colorScheme: 'dark' })
      await page.goto(`${served.server.url}#/org-users?inactiveFor=120d`)
      await rows(page).first().waitFor()
      const { total } = await listing('inactiveFor=120d')
      // The filter is not in the list of choices, and is still visible.
      await expect.poll(() => page.getByLabel('Inactive for').inputValue()).toBe('120d')
      await hands.tick(rows(page).first().getByRole('checkbox'))
      await hands.press(page.getByRole('button', { name: `Select all ${total} matching` }))
      await hands.press(page.getByRole('button', { name: `Preview ${total} changes` }))
      await page.waitForURL(/#\/plans\//)
      await page.getByTestId('plan-facts').waitFor()
      const planId = page.url().split('/').at(-1) ?? ''
      const plan: { actions: unknown[]; spared: { total: number } } = await served.server.api('GET', `/plans/${planId}`)
      expect(plan.actions.length + plan.spared.total).toBe(total)
      await close()
    })

    it('shows a user with the groups that grant each seat, and protects them from a plan', async () => {
      const { page, close } = await openPage()
      await page.goto(
        `${served.server.url}#/org-users?inactiveFor=90d&status=active&site=${host}&product=jira-software`,
      )
      await rows(page).first().waitFor()
      const row = rows(page).filter({ hasText: 'Not protected' }).first()
      const name = await row.locator('th button').innerText()
      await hands.press(row.locator('th button'))
      const drawer = page.getByTestId('person')
      await drawer.getByText('Granted by').waitFor()
      await hands.press(drawer.getByRole('button', { name: 'Protect…' }))
      const dialog = page.getByTestId('protect-dialog')
      await hands.write(dialog.getByLabel('Reason'), 'on leave')
      await hands.press(dialog.getByRole('button', { name: 'Protect', exact: true }))
      await drawer.waitFor({ state: 'detached' })
      await rows(page).filter({ hasText: name }).getByText('on leave').first().waitFor()
      await hands.tick(rows(page).filter({ hasText: name }).first().getByRole('checkbox'))
      await hands.press(page.getByRole('button', { name: 'Preview 1 change' }))
      await page.getByTestId('plan-excluded').locator('tbody').getByText('on leave').waitFor()
      await close()
    })

    it('exports the matching users as CSV', async () => {
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/org-users?managed=false`)
      await rows(page).first().waitFor()
      const { total } = await listing('managed=false')
      const downloading = page.waitForEvent('download')
      await hands.press(page.getByRole('button', { name: 'Export CSV' }))
      const stream = await (await downloading).createReadStream()
      let text = ''
      for await (const chunk of stream) text += String(chunk)
      const lines = text.trim().split('\r\n')
      expect(lines.length).toBe(total + 1)
      expect(lines[0]).toContain('accountId,name,email')
      await close()
    })
  })

  describe('product users', { timeout: patience }, () => {
    it('lists the users with a seat of the chosen product on the chosen site', async () => {
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/product-users`)
      await rows(page).first().waitFor()
      await hands.choose(page.getByLabel('Product', { exact: true }), `Confluence · ${host.split('.')[0] ?? ''}`)
      const { total } = await listing(`site=${host}&product=confluence`)
      await page.getByText(`${total} users, synced`).waitFor()
      await close()
    })

    it('filters and shows activity in the chosen product only', async () => {
      const query = `site=${host}&product=confluence&inactiveFor=90d&sort=lastActive`
      const { accounts, total } = await listing(`${query}&limit=1000`)
      const uses = ({ products }: (typeof accounts)[number]) =>
        products.find(({ site, product }) => site === host && product === 'confluence')?.lastActive.at
      const elsewhere = accounts.find((one) => uses(one) !== undefined && uses(one) !== one.lastActive.at)
      expect(elsewhere).toBeDefined()
      const { page, close } = await openPage()
      await page.goto(`${served.server.url}#/product-users?${query}&managed=any`)
      await page.getByText(`${total} users, synced`).waitFor()
      await page.getByRole('button', { name: 'Last active in Confluence' }).waitFor()
      expect(await names(page)).toEqual(accounts.slice(0, 50).map(({ name }) => name))
      await hands.write(page.getByLabel('Name or email'), elsewhere?.email ?? '')
      await expect.poll(() => names(page)).toEqual([elsewhere?.name])
      expect(await rows(page).locator('time').first().getAttribute('datetime')).toBe(elsewhere && uses(elsewhere))
      await close()
    })
  })
})
