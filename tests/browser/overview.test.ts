// The overview on both hosts: its contents, its accessibility, and its secrets.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutForge } from '../forge/host.js'
import { openPage } from './chromium.js'
import { openForge, openServer } from './hosts.js'

/** Several accessibility checks take long on a busy machine. */
const patience = 120_000

/** The promises of the page on every host. */
function itIsTheOverview(opened: () => { readonly url: string; readonly key: string }): void {
  it('shows seats, people and the finished run, without violations of accessibility or of the content policy', async () => {
    const { page, complaints, violations, close } = await openPage()
    await page.goto(opened().url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    await expect.poll(() => page.getByTestId('latest-run').innerText()).toMatch(/8/)
    expect(await violations()).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('has no violations in dark colours on a small screen', async () => {
    const { page, violations, close } = await openPage({
      colorScheme: 'dark',
      viewport: { width: 360, height: 640 },
    })
    await page.goto(opened().url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    // The theme is loaded beside the data.
    await page.locator('html[data-color-mode="dark"]').waitFor({ state: 'attached' })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    expect(await violations()).toEqual([])
    await close()
  })

  it('no response and no markup contains a key', async () => {
    const { page, answered, close } = await openPage()
    await page.goto(opened().url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    const told = await answered()
    expect(told).toContain('acme.atlassian.net')
    expect(told).not.toContain(opened().key)
    expect(await page.content()).not.toContain(opened().key)
    await close()
  })
}

describe('the page of the server', { timeout: patience }, () => {
  let server: Awaited<ReturnType<typeof openServer>>
  beforeAll(async () => {
    server = await openServer()
  }, patience)
  afterAll(() => server?.close())
  itIsTheOverview(() => server)

  it('refuses a foreign host and a foreign origin, and never shows the key', async () => {
    const foreign = await fetch(`${server.url}api/overview`, { headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
    const own = await fetch(`${server.url}api/overview`)
    expect(own.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await own.text()).not.toContain(server.key)
    expect((await fetch(`${server.url}api/openapi.json`)).status).toBe(200)
  })

  it('does not offer to connect, and does not load the bridge to Jira', async () => {
    const { page, close } = await openPage({ firstVisit: true })
    const loaded: string[] = []
    page.on('response', async (response) => {
      if (response.url().endsWith('.js')) loaded.push(await response.text().catch(() => ''))
    })
    await page.goto(server.url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    await expect.poll(() => page.getByTestId('connection').count()).toBe(0)
    expect(loaded.length).toBeGreaterThan(0)
    expect(loaded.filter((text) => text.includes('Unable to establish a connection with the Custom UI'))).toEqual([])
    await close()
  })
})

describe.skipIf(withoutForge)('the page inside Jira', { timeout: patience }, () => {
  let forge: Awaited<ReturnType<typeof openForge>>
  beforeAll(async () => {
    forge = await openForge()
  }, patience)
  afterAll(() => forge?.close())
  itIsTheOverview(() => forge)

  it('is the same within the frame of Jira', async () => {
    const { page, complaints, close } = await openPage()
    await page.goto(forge.frame)
    const framed = page.frameLocator('iframe')
    await framed.getByTestId('seats').getByText('· acme').first().waitFor()
    await expect.poll(() => framed.getByTestId('latest-run').innerText()).toMatch(/8/)
    expect(complaints).toEqual([])
    await close()
  })

  it("uses Jira's colours instead of the browser's, and follows their changes", async () => {
    const { page, close } = await openPage({ colorScheme: 'dark' })
    await page.route('**/bridge.js', async (route) => {
      const shim = await (await route.fetch()).text()
      const light = `{
        const { callBridge } = __bridge
        const light = async () => void (document.documentElement.dataset.colorMode = 'light')
        __bridge.callBridge = (name, ...rest) => (name === 'enableTheming' ? light() : callBridge(name, ...rest))
      }`
      await route.fulfill({ body: `${shim};${light}`, contentType: 'text/javascript' })
    })
    const surface = () => page.evaluate("getComputedStyle(document.body).getPropertyValue('--ds-surface').trim()")
    await page.goto(forge.url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    await page.locator('html[data-color-mode="light"]').waitFor({ state: 'attached' })
    await expect.poll(surface).toMatch(/^#fff/i)
    await page.evaluate("document.documentElement.dataset.colorMode = 'dark'")
    await expect.poll(surface, { timeout: 20_000 }).toMatch(/^#1/)
    await expect.poll(() => page.locator('html').getAttribute('data-color-mode')).toBe('dark')
    await close()
  })

  it('opens other sites in a new tab, so that the frame keeps showing the app', async () => {
    const { page, close } = await openPage()
    await page.context().route('https://admin.atlassian.com/**', (route) => route.fulfill({ body: 'elsewhere' }))
    await page.goto(forge.frame)
    const framed = page.frameLocator('iframe')
    await framed.getByRole('button', { name: 'Replace keys' }).click()
    const opening = page.context().waitForEvent('page')
    await framed.getByRole('link', { name: /Atlassian Administration/ }).click()
    expect(new URL((await opening).url()).host).toBe('admin.atlassian.com')
    await framed.getByTestId('connect-form').waitFor()
    await close()
  })

  it('reports an inactive license, and still shows everything', async () => {
    forge.host.license = { isActive: false }
    const { page, violations, close } = await openPage()
    await page.goto(forge.url)
    await page.getByTestId('notice-host').getByText('The license of Rollcall on this site is not active').waitFor()
    await expect.poll(() => page.getByTestId('latest-run').innerText()).toMatch(/8/)
    expect(await violations()).toEqual([])
    forge.host.license = undefined
    await close()
  })

  it('tells a user who is not a Jira admin only that', async () => {
    const admin = forge.host.accountId
    forge.host.signIn('somebody')
    const { page, answered, violations, close } = await openPage()
    await page.goto(forge.url)
    const denied = page.getByTestId('denied')
    await denied.getByText('Only Jira administrators can use Rollcall.').waitFor()
    expect((await denied.innerText()).split('\n').filter((line) => line.trim() !== '')).toEqual([
      'Overview',
      'Only Jira administrators can use Rollcall.',
    ])
    expect(await answered()).not.toMatch(/acme/i)
    expect(await page.content()).not.toMatch(/acme/i)
    expect(await violations()).toEqual([])
    forge.host.signIn(admin)
    await close()
  })

  it('shows nothing more to a user who is no longer an admin', async () => {
    const admin = forge.host.accountId
    const { page, close } = await openPage()
    await page.goto(forge.url)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    forge.host.signIn('somebody')
    await page.getByTestId('denied').waitFor()
    await expect.poll(() => page.getByTestId('overview').count()).toBe(0)
    forge.host.signIn(admin)
    await close()
  })
})
