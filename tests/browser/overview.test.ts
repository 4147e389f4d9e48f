// The page in a real Chromium, served by the real server, checked for accessibility.

import { AxeBuilder } from '@axe-core/playwright'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findChromium } from '../../scripts/chromium.mjs'
import { start } from '../stories/command.js'
import { openWorld, plan, run, type World } from '../stories/world.js'

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
let [world, server, browser, url] = [] as unknown as [World, ChildProcess, Browser, string]

beforeAll(async () => {
  world = await openWorld()
  await run(world, (await plan(world)).plan)
  server = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  if (server.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
  url = line.split(' ').at(-1) ?? ''
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found. Name one in ROLLCALL_CHROMIUM.')
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
