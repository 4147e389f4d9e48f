// The AuditLog port in memory: append-only, chained as every audit log is.

import type { System } from '../system.js'
import { chain, type AuditEntry } from '../audit.js'
import { canonicalJson } from '../canonical-json.js'
import type { AuditLog } from '../ports.js'

const frozen = (entry: AuditEntry): AuditEntry =>
  Object.freeze({ ...entry, fact: Object.freeze(JSON.parse(canonicalJson(entry.fact)) as AuditEntry['fact']) })

/** Makes an empty audit log. */
export function memoryAuditLog(system: Pick<System, 'digest'>): AuditLog {
  const entries: AuditEntry[] = []
  let last: Promise<unknown> = Promise.resolve()
  return {
    append(fact) {
      const appended = last.then(async () => {
        const entry = frozen(await chain(entries.at(-1), fact, system))
        entries.push(entry)
        return entry
      })
      last = appended.catch(() => undefined)
      return appended
    },
    read: async (after, limit) => entries.slice(after, after + limit),
    head: async () => entries.at(-1),
  }
}
