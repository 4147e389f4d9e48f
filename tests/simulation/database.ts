// The database of a world: a store and an audit log that record all writes, so that an older state can be restored like
// a backup.

import { memoryAuditLog, memoryStore } from '@rollcall/core/testing'
import type { AuditLog, Store } from '@rollcall/core'
import { digest } from './digest.js'
import { writes } from './writes.js'

/** The organization's limits: wide, so that those of its policies decide. */
export const organizationLimits = JSON.stringify({ percent: 20, budget: 20, unknown: 50, refused: 50 })

type Method = (...given: readonly unknown[]) => Promise<unknown>
type Write = (into: Database) => Promise<unknown> | undefined

export class Database {
  readonly store: Store
  readonly log: AuditLog
  private readonly written: Write[] = []

  /** A database without backups keeps only its newest state. */
  constructor(private readonly backedUp: boolean) {
    const store = memoryStore()
    void store.putSetting('limits', organizationLimits)
    this.store = this.keeping(store, 'store')
    this.log = this.keeping(memoryAuditLog({ digest }, this.store), 'log')
  }

  private keeping<Port extends object>(port: Port, which: 'store' | 'log'): Port {
    if (!this.backedUp) return port
    const kept = { ...port } as Record<string, unknown>
    for (const [name, method] of Object.entries(port)) {
      if (!writes(which, name)) continue
      kept[name] = (...given: readonly unknown[]) => {
        this.written.push((into) => (into[which] as unknown as Record<string, Method>)[name]?.(...given))
        return (method as Method)(...given)
      }
    }
    return kept as Port
  }

  /** A backup: the number of writes at its time. */
  backUp(): number {
    return this.written.length
  }

  /** Another database with the state of a backup; making it takes no virtual time. */
  async asOf(backup: number): Promise<Database> {
    const older = new Database(true)
    // A write that failed because of a lost lease fails again.
    for (const write of this.written.slice(0, backup)) await write(older)?.catch(() => undefined)
    return older
  }
}
