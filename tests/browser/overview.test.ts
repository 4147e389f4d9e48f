// The page in a real Chromium, served by the real server, checked for accessibility.

import { AxeBuilder } from '@axe-core/playwright'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, plan, run, type World } from '../stories/world.js'

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
let [world, server, browser, url] = [] as unknown as [World, ChildProcess, Browser, string]

beforeAll(async () => {
  world = await openWorld()
  await run(world, (await plan(world)).plan)
  const { database, atlassianUrl, organizationId, readKey } = world.settings
  const env = {
    ...process.env,
    ROLLCALL_DATABASE: database,
    ROLLCALL_ATLASSIAN_URL: atlassianUrl,
    ROLLCALL_ORG_ID: organizationId,
  }
  server = spawn(process.execPath, ['--import', 'tsx', main, 'serve'], {
    env: { ...env, ROLLCALL_API_KEY: readKey, ROLLCALL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (server.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
  url = line.split(' ').at(-1) ?? ''
  const executablePath = process.env['ROLLCALL_CHROMIUM'] ?? paths.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error('No Chromium was found. Install it, or name it in ROLLCALL_CHROMIUM.')
  browser = await chromium.launch({ executablePath, args: flags.split(' ') })
})
afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  await world?.close()
})

it('shows seats, people and the finished run, without violations of accessibility or of the content policy', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on(
    'console',
    (message) => void (/Content Security Policy/.test(message.text()) && complaints.push(message.text())),
  )
  await page.goto(`${url}/`)
  await page.getByTestId('seats').getByText('acme.atlassian.net').first().waitFor()
  expect(await page.getByTestId('latest-run').innerText()).toMatch(/8/)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  expect(complaints).toEqual([])
})

it('refuses a foreign host and a foreign origin, and never shows the key', async () => {
  const foreign = await fetch(`${url}/api/overview`, { headers: { origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
  const own = await fetch(`${url}/api/overview`)
  expect(own.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await own.text()).not.toContain(world.settings.readKey)
  expect((await fetch(`${url}/api/openapi.json`)).status).toBe(200)
})
