// What most files of browser tests begin with: one Chromium and one server for all their tests, closed after the last one.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './chromium.js'
import { openServer } from './hosts.js'

interface Served {
  readonly browser: Browser
  readonly server: Awaited<ReturnType<typeof openServer>>
}

/** Opens both before the tests of a file; they are there once these begin. */
export function serveAll(patience: number): Served {
  const opened: { -readonly [Name in keyof Served]?: Served[Name] } = {}
  beforeAll(async () => {
    opened.browser = await launch()
    opened.server = await openServer()
  }, patience)
  afterAll(async () => {
    await opened.browser?.close()
    await opened.server?.close()
  })
  return opened as Served
}
