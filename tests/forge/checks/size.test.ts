// What would be uploaded is small: every cold start loads the handlers, every visit the page.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const megabyte = 1_000_000
/** Of the platform, for one app. */
const appLimit = 100 * megabyte
/** Our own: raised on purpose only. */
const limits: Readonly<Record<string, { readonly path: string; readonly most: number }>> = {
  'the handlers': { path: 'forge/dist/index.cjs', most: 2.5 * megabyte },
  'the page': { path: 'ui/dist', most: 1.6 * megabyte },
}
const uploaded = ['forge/dist', 'ui/dist']

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
const apps = fileURLToPath(new URL('../../../apps', import.meta.url))
const said = (bytes: number) => `${(bytes / megabyte).toFixed(2)} MB`

for (const [what, { path, most }] of Object.entries(limits))
  it(`${what}: no more than ${said(most)}`, () => {
    const size = sizeOf(join(apps, path))
    console.log(`${what}: ${said(size)} of ${said(most)}`)
    expect(size).toBeLessThan(most)
    // Nothing at all would be a build that failed.
    expect(size).toBeGreaterThan(most / 10)
  })

it(`all that is uploaded: no more than ${said(appLimit)}`, () => {
  const size = uploaded.reduce((sum, path) => sum + sizeOf(join(apps, path)), 0)
  console.log(`all that is uploaded: ${said(size)} of ${said(appLimit)}`)
  expect(size).toBeLessThan(appLimit)
})
