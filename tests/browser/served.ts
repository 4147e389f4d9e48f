// What most files of browser tests begin with: one server for all their tests, which closes after the last one.

import { afterAll, beforeAll } from 'vitest'
import { openServer } from './hosts.js'

interface Served {
  readonly server: Awaited<ReturnType<typeof openServer>>
}

/** Opens a server before the tests of a file; it is there once these begin. */
export function serveAll(patience: number): Served {
  const opened: { -readonly [Name in keyof Served]?: Served[Name] } = {}
  beforeAll(async () => {
    opened.server = await openServer()
  }, patience)
  afterAll(() => opened.server?.close())
  return opened as Served
}
