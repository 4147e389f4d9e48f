// The AuditLog port in memory: append-only, chained as every audit log is.

import { chain, type AuditEntry } from '../audit.js'
import type { Checkpoint } from '../checkpoint.js'
import { bind } from '../personal.js'
import { LaneLost } from '../lane.js'
import type { AuditLog, Store } from '../ports.js'
import type { System } from '../system.js'
import { kept } from './kept.js'

interface Held {
  readonly entries: readonly AuditEntry[]
  readonly checkpoints: readonly Checkpoint[]
}

export interface MemoryAuditLog extends AuditLog {
  /** A log of its own with the same entries, beside another store. */
  copy(system: Pick<System, 'digest'>, store: Pick<Store, 'lane'>): MemoryAuditLog
}

/** Makes an audit log beside a store, which knows the lane; its salts are counted, since tests have no secrets. */
export function memoryAuditLog(
  system: Pick<System, 'digest'>,
  store?: Pick<Store, 'lane'>,
  given: Held = { entries: [], checkpoints: [] },
): MemoryAuditLog {
  let entries = [...given.entries]
  let checkpoints = given.checkpoints
  let last: Promise<unknown> = Promise.resolve()
  let salts = entries.length
  return {
    copy: (otherSystem, otherStore) => memoryAuditLog(otherSystem, otherStore, { entries, checkpoints }),
    append(fact, data, lane) {
      const appended = last.then(async () => {
        const bound = data === undefined ? { fact } : await bind(fact, data, `salt-${(salts += 1)}`, system)
        const { fact: _, ...chained } = await chain(entries.at(-1), bound.fact, system)
        const entry = kept<AuditEntry>({ ...chained, ...bound })
        if (lane !== undefined && (await store?.lane())?.token !== lane.token) throw new LaneLost()
        entries.push(entry)
        return entry
      })
      last = appended.catch(() => undefined)
      return appended
    },
    read: async (after, limit) => {
      const first = entries[0]?.index ?? 1
      const start = Math.max(0, after - first + 1)
      return entries.slice(start, start + limit)
    },
    head: async () => entries.at(-1),
    async erase(subject, others = []) {
      let count = 0
      entries = entries.map((entry) => {
        const meant = entry.fact.subject === subject || others.includes(entry.index)
        if (!meant || entry.personal === undefined) return entry
        count += 1
        const { personal: _, ...rest } = entry
        return kept<AuditEntry>(rest)
      })
      return count
    },
    addCheckpoint: async (checkpoint) => void (checkpoints = [...checkpoints, Object.freeze({ ...checkpoint })]),
    checkpoints: async () => checkpoints,
    async prune(index) {
      if (checkpoints.some((one) => one.index === index && one.why === 'pruned'))
        entries = entries.filter((entry) => entry.index > index)
    },
  }
}
