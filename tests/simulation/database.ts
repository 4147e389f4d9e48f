// The database of a world: a store and an audit log that keep what was written to them, so that an older one can be made
// again, as a backup is restored.

import { memoryAuditLog, memoryStore } from '@rollcall/core/testing'
import type { AuditLog, Store } from '@rollcall/core'
import { digest } from './digest.js'

type Method = (...given: readonly unknown[]) => Promise<unknown>
type Write = (into: Database) => Promise<unknown> | undefined
const writes = /^(put|insert|update|delete|mark|claim|release|replace|drop|append|erase|add|prune)/

export class Database {
  readonly store: Store
  readonly log: AuditLog
  private readonly written: Write[] = []

  /** One that is never backed up keeps nothing but its newest state. */
  constructor(private readonly backedUp: boolean) {
    this.store = this.keeping(memoryStore(), 'store')
    this.log = this.keeping(memoryAuditLog({ digest }, this.store), 'log')
  }

  private keeping<Port extends object>(port: Port, which: 'store' | 'log'): Port {
    if (!this.backedUp) return port
    const kept = { ...port } as Record<string, unknown>
    for (const [name, method] of Object.entries(port)) {
      if (!writes.test(name)) continue
      kept[name] = (...given: readonly unknown[]) => {
        this.written.push((into) => (into[which] as unknown as Record<string, Method>)[name]?.(...given))
        return (method as Method)(...given)
      }
    }
    return kept as Port
  }

  /** A backup: how much had been written when it was made. */
  backUp(): number {
    return this.written.length
  }

  /** Another database, as this one was when a backup was made; it takes no virtual time. */
  async asOf(backup: number): Promise<Database> {
    const older = new Database(true)
    // What failed then, since the lease was lost, fails again.
    for (const write of this.written.slice(0, backup)) await write(older)?.catch(() => undefined)
    return older
  }
}
