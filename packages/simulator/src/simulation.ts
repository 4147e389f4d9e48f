// Puts the parts of one simulated world together.

import { defaultBehaviour, type Behaviour } from './world/behaviour.js'
import { createChanges, type Change } from './world/changes.js'
import { createClock } from './world/clock.js'
import { createJournal } from './world/journal.js'
import { createFaults } from './http/faults.js'
import { createKeyring, type Keyring } from './http/keys.js'
import { makeOrganization } from './organization/make-organization.js'
import { createRandom } from './organization/random.js'
import { createRateLimiter } from './http/rate-limit.js'
import type { World } from './world/world.js'

export interface SimulationOptions {
  readonly users?: number
  readonly seed?: number
  /** ISO 8601 instant at which the simulated clock starts. */
  readonly now?: string
  /** Freezes the clock until a test moves it. */
  readonly frozen?: boolean
  readonly model?: 'centralized' | 'original'
  readonly behaviour?: Partial<Behaviour>
}

/** Makes a simulation; calls `onChange` after every change. */
export function createSimulation(options: SimulationOptions, onChange: (change: Change) => void): Simulation {
  const { users = 2500, seed = 1, now = '2026-11-24T08:00:00Z', model = 'centralized' } = options
  const start = Date.parse(now)
  if (Number.isNaN(start)) throw new Error(`now is not a date and time: ${now}`)
  if (!Number.isSafeInteger(users) || users < 0) throw new Error(`users is not a whole number: ${users}`)
  const organization = makeOrganization({ users, seed, now: start, model })
  const clock = createClock(start)
  if (options.frozen === true) {
    clock.freeze()
    clock.set(start)
  }
  const behaviour = { ...defaultBehaviour, ...options.behaviour }
  const newIds = createRandom(seed ^ 0xf4e5)
  const journal = createJournal(clock.now, () => newIds.uuid())
  const changes = createChanges(organization, clock, behaviour, onChange)
  return {
    organization,
    clock,
    behaviour,
    newIds,
    journal,
    changes,
    faults: createFaults(),
    limiter: createRateLimiter(),
    keyring: createKeyring(organization.keys, clock),
    calls: { total: 0, rateLimited: 0, byPath: {}, writes: [] },
  }
}
export interface Simulation extends World {
  readonly faults: ReturnType<typeof createFaults>
  readonly limiter: ReturnType<typeof createRateLimiter>
  readonly keyring: Keyring
  readonly calls: { total: number; rateLimited: number; byPath: Record<string, number>; writes: unknown[] }
}
