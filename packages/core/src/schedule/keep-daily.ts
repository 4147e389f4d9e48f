// Keeps the audit log: once a day (UTC) Rollcall signs the newest entry, and removes entries, plans, runs and snapshots older
// than the retention.

import type { Ports } from '../ports.js'
import type { AuditEntry } from '../model/audit-entry.js'
import type { Checkpoint } from '../model/checkpoint.js'
import { dailyCheckpoint } from '../audit/checkpoint.js'
import { askTime, pruneAudit } from '../audit/retention.js'
import { pruneWork, type RemovedWork } from '../run/work-retention.js'

const setting = 'audit-kept-on'
type Reading = (after: number) => AsyncIterable<AuditEntry>

export interface AuditKept {
  /** Undefined when a checkpoint covers the newest entry already. */
  readonly signed: Checkpoint | undefined
  readonly prunedUpTo: number | undefined
  /** Undefined when no plan and no snapshot was old enough. */
  readonly removed: RemovedWork | undefined
}

/** Signs and prunes. It asks Atlassian for the time first; without a response it removes nothing. */
export async function keepAudit(by: string, read: Reading, ports: Ports): Promise<AuditKept> {
  const now = await askTime(ports)
  const signed = await dailyCheckpoint(ports)
  if (now === undefined) return { signed, prunedUpTo: undefined, removed: undefined }
  const prunedUpTo = await pruneAudit(by, now, read, ports)
  return { signed, prunedUpTo, removed: await pruneWork(by, now, ports) }
}

const today = ({ system }: Pick<Ports, 'system'>): string => new Date(system.now()).toISOString().slice(0, 10)

/** True once a process has signed and pruned the log today. */
export const isAuditKept = async (ports: Pick<Ports, 'store' | 'system'>): Promise<boolean> =>
  (await ports.store.setting(setting)) === today(ports)

/** Signs and prunes the log unless a process has done so today. After a failure, the next call tries again. */
export async function keepAuditDaily(by: string, read: Reading, ports: Ports): Promise<void> {
  if (await isAuditKept(ports)) return
  const day = today(ports)
  await keepAudit(by, read, ports)
  await ports.store.putSetting(setting, day)
}
