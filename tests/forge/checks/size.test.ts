// The upload is small, because every cold start loads the handlers, and every visit loads the page.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const megabyte = 1_000_000
/** The platform's limit for one app. */
const appLimit = 100 * megabyte
/** Our own limits; raise them only on purpose. */
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
const megabytes = (bytes: number) => `${(bytes / megabyte).toFixed(2)} MB`

for (const [what, { path, most }] of Object.entries(limits))
  it(`${what}: no more than ${megabytes(most)}`, () => {
    const size = sizeOf(join(apps, path))
    console.log(`${what}: ${megabytes(size)} of ${megabytes(most)}`)
    expect(size).toBeLessThan(most)
    // Almost nothing would be a failed build.
    expect(size).toBeGreaterThan(most / 10)
  })

it(`all that is uploaded: no more than ${megabytes(appLimit)}`, () => {
  const size = uploaded.reduce((sum, path) => sum + sizeOf(join(apps, path)), 0)
  console.log(`all that is uploaded: ${megabytes(size)} of ${megabytes(appLimit)}`)
  expect(size).toBeLessThan(appLimit)
})
