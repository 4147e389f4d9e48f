// The clock of this machine; towards a simulator on this machine, the simulator's clock, which people set and advance.

import type { System } from '@rollcall/core'

/** True for an address on this machine. Atlassian never has one. */
function isLocal(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

type Clock = Pick<System, 'now' | 'elapsed'>

/**
 * The clock with which Atlassian's is compared. A simulator on this machine names the time of the machine that it
 * simulates in a header of its own; from any other address, nobody reads that header.
 */
export function machineClock(machine: Clock, address: string): Clock & { observe(header: string | null): void } {
  if (!isLocal(address))
    return { now: () => machine.now(), elapsed: () => machine.elapsed?.() ?? machine.now(), observe: () => undefined }
  let [ahead, simulated] = [0, false]
  const now = () => machine.now() + ahead
  return {
    now,
    elapsed: () => (simulated ? now() : (machine.elapsed?.() ?? machine.now())),
    observe(header) {
      const theirs = Date.parse(header ?? '')
      if (Number.isNaN(theirs)) return
      ;[ahead, simulated] = [theirs - machine.now(), true]
    },
  }
}
