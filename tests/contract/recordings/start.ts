// Once per run: removes the recordings afterwards, and before it those of runs that ended abruptly.

import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const all = join(process.cwd(), 'node_modules', '.exchanges')
const remove = (run: string) => rmSync(join(all, run), { recursive: true, force: true })

function alive(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

export default function setup(): () => void {
  mkdirSync(all, { recursive: true })
  for (const run of readdirSync(all)) if (!alive(run) || Number(run) === process.pid) remove(run)
  return () => remove(String(process.pid))
}
