// Removes the MariaDB of a vitest run after the run, and servers of runs that ended abruptly before it.

import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { alive, stopServer } from './server.js'

const prefix = 'rollcall-mariadb-'

/** The folder of the server of this process's run. */
export const folderOfRun = (): string => join(tmpdir(), `${prefix}${process.pid}`)

async function remove(folder: string): Promise<void> {
  const pid = join(folder, 'pid')
  if (existsSync(pid)) await stopServer({ pid: Number(readFileSync(pid, 'utf8')) })
  rmSync(folder, { recursive: true, force: true })
}

export default async function setup(): Promise<() => Promise<void>> {
  const own = folderOfRun()
  for (const name of readdirSync(dirname(own)).filter((one) => one.startsWith(prefix)))
    if (name === basename(own) || !alive(Number(name.slice(prefix.length)))) await remove(join(dirname(own), name))
  return () => remove(own)
}
