// The AuditLog port in memory: append-only and chained.

import { chain } from '../audit/chain.js'
import { bind } from '../model/personal-data.js'
import { LeaseLost } from '../run/lease.js'
import type { AuditLog, Store } from '../ports.js'
import type { System } from '../model/system.js'
import { kept } from './kept.js'
import type { AuditEntry } from '../model/audit-entry.js'
import type { Checkpoint } from '../model/checkpoint.js'

interface Held {
  readonly entries: readonly AuditEntry[]
  readonly checkpoints: readonly Checkpoint[]
}

/** Makes an audit log; `store` holds the lease. Salts are numbers that count up, since tests have no secrets. */
export function memoryAuditLog(
  system: Pick<System, 'digest'>,
  store?: Pick<Store, 'lease'>,
  given: Held = { entries: [], checkpoints: [] },
): AuditLog {
  let entries = [...given.entries]
  let checkpoints = given.checkpoints
  let last: Promise<unknown> = Promise.resolve()
  let salts = entries.length
  return {
    append(fact, data, lease) {
      const appended = last.then(async () => {
        const bound = data === undefined ? { fact } : await bind(fact, data, `salt-${(salts += 1)}`, system)
        const { fact: _, ...chained } = await chain(entries.at(-1), bound.fact, system)
        const entry = kept<AuditEntry>({ ...chained, ...bound })
        if (lease !== undefined && (await store?.lease())?.token !== lease.token) throw new LeaseLost()
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

/** Copies a log with its entries, for another store. */
export async function copyAuditLog(
  log: AuditLog,
  system: Pick<System, 'digest'>,
  store: Pick<Store, 'lease'>,
): Promise<AuditLog> {
  return memoryAuditLog(system, store, {
    entries: await log.read(0, Infinity),
    checkpoints: await log.checkpoints(),
  })
}
