// One server for all test files of a run. The first file that needs it starts it, and the end of the run stops it (run.ts).

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer, type MariadbServer } from './server.js'

/** The result of the start; both are absent if there is no MariaDB. */
interface Started {
  readonly server?: MariadbServer
  readonly error?: string
}

async function start(folder: string): Promise<Started> {
  try {
    const server = await startServer(folder)
    return server === undefined ? {} : { server }
  } catch (error) {
    return { error: String(error) }
  }
}

/** Whether this process is the first: only one of many can create a folder. */
function first(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: false })
    return true
  } catch {
    return false
  }
}

async function shared(folder: string): Promise<MariadbServer | undefined> {
  const told = join(folder, 'started.json')
  if (first(folder)) {
    const draft = join(folder, 'draft.json')
    writeFileSync(draft, JSON.stringify(await start(folder)))
    renameSync(draft, told)
  }
  while (!existsSync(told)) await sleep(100)
  const { server, error } = JSON.parse(readFileSync(told, 'utf8')) as Started
  if (error !== undefined) throw new Error(error)
  if (server === undefined && process.env['CI'] !== undefined)
    throw new Error('MariaDB was not found and could not be installed.')
  return server
}

/** The server of this run; undefined if there is no MariaDB, and then tests that need it are skipped. */
export const mariadb = await shared(process.env['ROLLCALL_MARIADB'] ?? '')
