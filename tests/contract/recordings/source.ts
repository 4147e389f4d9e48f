// Before each test file: its simulators record into a folder that is named after the file.

import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'

const name = 'ROLLCALL_SIMULATOR_EXCHANGES'
const { [name]: folder } = process.env
const { testPath } = expect.getState()
if (folder !== undefined && testPath !== undefined) {
  const own = join(folder, relative(process.cwd(), testPath))
  mkdirSync(own, { recursive: true })
  process.env[name] = own
}
