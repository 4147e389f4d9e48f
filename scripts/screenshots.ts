// npm run screenshots: takes pictures of every screen of the demo organization, light and dark, into docs/screens.

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../tests/browser/find-chromium.js'
import { startSimulator } from './simulator.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'apps/server/bin/rollcall.mjs')
const pictures = join(root, 'docs/screens')
const folder = join(root, '.rollcall', 'screenshots')
const viewport = { width: 1360, height: 900 }
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars']
const site = 'acme.atlassian.net'
const policy = {
  name: 'Free unused Jira seats',
  scope: { site, product: 'jira-software' },
  conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
  actions: ['revoke-product-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
  limits: { take: 25 },
}
const wide = {
  ...policy,
  name: 'Suspend inactive users',
  scope: 'organization',
  actions: ['suspend-access'],
  limits: {},
}

const build = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' })
if (build.status !== 0) process.exit(build.status ?? 1)
rmSync(folder, { recursive: true, force: true })
for (const one of [folder, pictures]) mkdirSync(one, { recursive: true })

const { url: atlassian, organization, keys } = await startSimulator()
const env = {
  ...process.env,
  ROLLCALL_ATLASSIAN_URL: atlassian,
  ROLLCALL_ORG_ID: organization.id,
  ROLLCALL_API_KEY: keys.unscoped,
  ROLLCALL_DATABASE: join(folder, 'rollcall.db'),
  ROLLCALL_MASTER_KEY_FILE: join(folder, 'master.key'),
  ROLLCALL_PORT: '0',
}
const server = spawn(process.execPath, [bin, 'serve', '--demo'], {
  cwd: root,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.on('exit', () => server.kill())
const line = await new Promise<string>((resolve) => createInterface(server.stdout).once('line', resolve))
const url = `${line.split(' ').at(-1)}/`

async function api<Response>(method: string, path: string, body?: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${url}api${path}`, { method, headers: { 'content-type': 'application/json' }, ...sent })
  return (await response.json()) as Response
}

interface Plan {
  readonly planId: string
  readonly fingerprint: string
}

/** Makes a plan, approves it, and waits for the end of its run. */
async function run(request: unknown): Promise<string> {
  const { planId, fingerprint } = await api<Plan>('POST', '/plans', request)
  const { runId } = await api<{ runId: string }>('POST', `/plans/${planId}/approval`, {
    fingerprint,
    accepted: ['not-previewed'],
  })
  const ended = async () => (await api<{ status: string }>('GET', `/runs/${runId}`)).status !== 'executing'
  while (!(await ended())) await new Promise((resolve) => setTimeout(resolve, 500))
  return runId
}

await api('POST', '/sync', {})
await api('POST', '/policies', policy)
await api('POST', '/policies', wide)
for (const { name } of [policy, wide]) await api('POST', `/policies/${encodeURIComponent(name)}/enable`, {})
const runId = await run({ policy: policy.name })
await api('PUT', '/protections', { subject: 'email:*@partner.example', reason: 'Partners, agreed with sales' })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
await api('PUT', '/filters', { name: 'Inactive for half a year', filter: { inactiveFor: '180d', managed: true } })
await api('PATCH', '/keys/expiry', { read: inDays(20), act: inDays(200) })
await api('POST', '/keys/check', {})
await api('POST', '/sync', {})
const { planId, fingerprint } = await api<Plan>('POST', '/plans', { policy: wide.name })
await api('POST', `/plans/${planId}/approval`, { fingerprint })

/** Each screen, with the element that shows that it has loaded, and an action before the picture. */
type Shot = readonly [name: string, path: string, loaded: string, act?: (page: Page) => Promise<void>]
const shots: readonly Shot[] = [
  ['overview', '', '[data-testid=inactivity] table'],
  ['org-users', '#/org-users?inactiveFor=90d&status=active', '[data-testid=users] tbody tr'],
  ['product-users', `#/product-users?site=${site}&product=jira-software`, '[data-testid=users] tbody tr'],
  [
    'person',
    '#/org-users?status=active',
    '[data-testid=users] tbody tr',
    async (page) => {
      await page.locator('[data-testid=users] tbody th button').nth(3).click()
      await page.getByText('What Rollcall did').waitFor()
    },
  ],
  ['plans', '#/plans', '[data-testid=plans-waiting] table'],
  ['plan', `#/plans/${planId}`, '[data-testid=plan-excluded] tbody tr'],
  ['policies', '#/policies', '[data-testid=policy]'],
  ['policy', `#/policies/${encodeURIComponent(policy.name)}`, '[data-testid=policy-dates] li'],
  ['runs', '#/runs', '[data-testid=runs] table'],
  ['run', `#/runs/${runId}`, '[data-testid=run-people] tbody tr'],
  ['protected', '#/protected', '[data-testid=automatic] tbody tr'],
  ['audit', '#/audit', '[data-testid=audit-entries] tbody tr'],
  ['settings', '#/settings', '[data-testid=limits] tbody tr'],
]

const executablePath = await findChromium()
if (executablePath === undefined) throw new Error('No Chromium was found. Name one in ROLLCALL_CHROMIUM.')
const browser = await chromium.launch({ executablePath, args: flags })
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await (await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' })).newPage()
  for (const [name, path, loaded, act] of shots) {
    await page.goto('about:blank')
    await page.goto(`${url}${path}`)
    await page.locator(loaded).first().waitFor()
    await page.locator(`html[data-color-mode=${colorScheme}]`).waitFor({ state: 'attached' })
    await act?.(page)
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
    console.log(`docs/screens/${name}-${colorScheme}.png`)
  }
}
await browser.close()
server.kill('SIGTERM')
process.exit(0)
