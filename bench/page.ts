// The page with 150,000 users in a real Chromium: the time of a filtered page compared with its call, and the heap after
// a hundred pages.

import { serve } from '@hono/node-server'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { createHttpApp } from '@rollcall/server/http'
import { findChromium } from '../tests/browser/find-chromium.js'
import { atMost, median, note, report } from './support/figures.js'
import { writeAccounts } from './support/accounts.js'
import { openRollcall } from './support/rollcall.js'

const users = 150_000
const pagesTurned = 100
const heapMegabytes = 150
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--enable-precise-memory-info']

const rollcall = await openRollcall({ url: 'http://127.0.0.1:9', organizationId: 'organization', key: 'none' })
note(`page: writing ${users} accounts`)
await writeAccounts(rollcall.ports.store, users, Date.now())
let bound = 0
const pages = fileURLToPath(new URL('../apps/ui/dist', import.meta.url))
const http = createHttpApp({ app: rollcall.app, port: () => bound, pages, wake: () => undefined })
const server = serve({ fetch: http.fetch, hostname: '127.0.0.1', port: 0 })
await once(server, 'listening')
const address = server.address()
bound = typeof address === 'object' && address !== null ? address.port : 0
const url = `http://127.0.0.1:${bound}/`

const executablePath = await findChromium()
if (executablePath === undefined) throw new Error('No Chromium was found. Name one in ROLLCALL_CHROMIUM.')
const browser = await chromium.launch({ executablePath, args: flags })
const page = await browser.newPage()

/** Milliseconds from the change of the address to the new rows, at most a minute, and those of the call in between. */
const filtered = (target: Page, hash: string): Promise<{ readonly whole: number; readonly call: number }> =>
  target.evaluate(`(async () => {
    // Each filter has a different total, while the first rows may be the same.
    const total = () => /[\\d,]+ users?\\b/.exec(document.querySelector('main').textContent)?.[0]
    const busy = () => document.querySelector('[aria-busy=true] [data-testid=users]') !== null
    const before = total()
    performance.clearResourceTimings()
    const begun = performance.now()
    location.hash = ${JSON.stringify(hash)}
    while (performance.now() - begun < 60_000 && (total() === before || busy())) await new Promise((then) => requestAnimationFrame(then))
    const whole = performance.now() - begun
    const [call] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/accounts?'))
    return { whole, call: call.duration }
  })()`)

await page.goto(`${url}#/org-users`)
await page.locator('[data-testid=users] tbody tr').first().waitFor()
const ages = [35, 65, 95, 125, 155, 185, 215, 245, 275, 305].map(
  (days) => `#/org-users?inactiveFor=${days}d&sort=lastActive`,
)
const texts = ['krystof', 'okafor', 'nguyen', 'elif', 'yuki'].map((search) => `#/org-users?search=${search}`)
const times = []
// The filters take turns, so that no filter finds as many users as the one before it.
for (const [index, age] of ages.entries())
  for (const hash of [age, ...texts.slice(index, index + 1)]) times.push(await filtered(page, hash))

note(`page: turning ${pagesTurned} pages`)
await page.goto(`${url}#/org-users?sort=name`)
for (let number = 2; number <= pagesTurned; number += 1) {
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.getByText(`Page ${number}`, { exact: true }).waitFor()
  await page.locator('[aria-busy=false] [data-testid=users]').waitFor()
}
const heap = await page.evaluate<number>('performance.memory.usedJSHeapSize')
const ratio = median(times.map(({ whole, call }) => whole / call))
report(
  [
    atMost('ratio of a filtered page to its call', ratio, 2),
    atMost(`megabytes of heap after ${pagesTurned} pages`, heap / 1e6, heapMegabytes),
  ],
  { users, times },
)
await browser.close()
server.close()
await rollcall.close()
