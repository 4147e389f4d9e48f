// Before each test file: its simulators record into a folder that is named after the file.

import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'

const name = 'ROLLCALL_SIMULATOR_EXCHANGES'
/** The folder of the run: a process that runs several test files has renamed it for the file before. */
const ofRun = 'ROLLCALL_SIMULATOR_EXCHANGES_OF_RUN'
const folder = process.env[ofRun] ?? process.env[name]
const { testPath } = expect.getState()
if (folder !== undefined && testPath !== undefined) {
  process.env[ofRun] = folder
  const own = join(folder, relative(process.cwd(), testPath))
  mkdirSync(own, { recursive: true })
  process.env[name] = own
}
