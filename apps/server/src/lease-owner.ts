// Names this process on the lease, so that another process of this machine can tell whether it has died. A process id
// says nothing alone: the system reuses it, and in another container it belongs to another process.

import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

const read = (reading: () => string): string | undefined => {
  try {
    return reading().trim()
  } catch {
    return undefined
  }
}

/** Where a process id means one process: a start of the machine, and a namespace in it. Undefined where that is unknown. */
function place(): string | undefined {
  if (process.platform !== 'linux') return process.platform
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))
  const namespace = read(() => readlinkSync('/proc/self/ns/pid'))
  return boot === undefined || namespace === undefined ? undefined : `${boot}/${namespace}`
}

/** When a process started, in ticks since the start of the machine; empty where the system does not say. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? ''
  // The name of the program comes second, in parentheses, and may contain anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

/** A process as it is on the lease. */
const nameOf = (pid: number): string => [hostname(), pid, place() ?? 'unknown', startOf(pid) || '-'].join(' ')

/** The owner of a lease that this process claims. */
export const leaseOwner = (): string => `${nameOf(process.pid)} ${randomUUID()}`

/** True if a process has this id. EPERM means that it belongs to another user. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** True if the process that claimed a lease has surely died. Otherwise the lease ends by itself. */
export function hasDied(owner: string): boolean {
  const [host, id, where, started, random] = owner.split(' ')
  const pid = Number(id)
  if (random === undefined || host !== hostname() || !Number.isSafeInteger(pid) || pid < 1) return false
  if (where === undefined || where !== place()) return false
  if (!exists(pid)) return true
  const now = startOf(pid)
  return started !== '-' && now !== '' && now !== started
}
