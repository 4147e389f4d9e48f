// The first visit loads little, and nothing of other screens.

import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage } from './chromium.js'
import { openServer } from './hosts.js'

const patience = 120_000
/** Bytes of compressed JavaScript. */
const most = 400_000
let server: Awaited<ReturnType<typeof openServer>>
beforeAll(async () => {
  server = await openServer({ fresh: true })
}, patience)
afterAll(() => server?.close())

it(
  `the overview takes at most ${most / 1000} KB of JavaScript, and none of the tables or the editor`,
  { timeout: patience },
  async () => {
    const { page, close } = await openPage({ firstVisit: true })
    const loaded: Promise<readonly [name: string, bytes: number]>[] = []
    page.on('response', (response) => {
      const name = new URL(response.url()).pathname.split('/').at(-1) ?? ''
      if (name.endsWith('.js')) loaded.push(response.body().then((body) => [name, gzipSync(body).length] as const))
    })
    await page.goto(server.url)
    await page.getByTestId('overview').getByText('Seats').first().waitFor()
    await page.locator('html[data-color-mode]').waitFor({ state: 'attached' })
    const files = await Promise.all(loaded)
    const sum = files.reduce((total, [, bytes]) => total + bytes, 0)
    console.log(`first load: ${Math.round(sum / 1000)} KB of JavaScript in ${files.length} files`)
    expect(sum).toBeLessThan(most)
    expect(sum).toBeGreaterThan(most / 20)
    const names = files.map(([name]) => name)
    expect(
      names.filter((name) => /^(org-users|users|plans|policies|runs|protected|audit-|settings)/.test(name)),
    ).toEqual([])
    await close()
  },
)
