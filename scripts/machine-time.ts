// The time that a command takes on this machine: elapsed seconds, and CPU seconds of all processes, with those of Chromium
// and the databases. Other work on the machine counts as well, so only a quiet machine gives a figure.

import { cpus } from 'node:os'

const busy = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000

/** Starts to measure; the returned function says what it took so far. */
export function measureMachineTime(): () => string {
  const [begun, busyBefore] = [performance.now(), busy()]
  return () => {
    const elapsed = (performance.now() - begun) / 1000
    return `${elapsed.toFixed(0)} s, ${(busy() - busyBefore).toFixed(0)} CPU s`
  }
}
