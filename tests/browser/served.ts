// One server for all tests of a file.

import { afterAll, beforeAll } from 'vitest'
import { openServer } from './hosts.js'

interface Served {
  readonly server: Awaited<ReturnType<typeof openServer>>
}

/** Starts a server before the tests of a file, and closes it after them. */
export function serveAll(patience: number): Served {
  const opened: { -readonly [Name in keyof Served]?: Served[Name] } = {}
  beforeAll(async () => {
    opened.server = await openServer()
  }, patience)
  afterAll(() => opened.server?.close())
  return opened as Served
}
