// The System port on Node: clock, random ids, SHA-256 digests, and waits in milliseconds.

import type { System } from '@rollcall/core'
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

export const system: System = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
  digest: (text) => Promise.resolve(createHash('sha256').update(text).digest('hex')),
  wait: (ms) => sleep(ms),
}
