// Retention: how long Rollcall keeps audit entries. It removes older ones up to a signed checkpoint, which stays: the
// rest of the chain verifies from there.

import { z } from 'zod'
import { checkAudit } from './verify.js'
import { checkpointAt } from './checkpoint.js'
import { asReadResult, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { day, type Instant } from '../model/time.js'
import { saveUnchanged } from './save-unchanged.js'
import type { AuditEntry } from '../model/audit-entry.js'

/** In days. PCI DSS requires twelve months; Atlassian's own audit log keeps six. */
const [defaultDays, minimum] = [400, 365]
const setting = 'auditRetention'
const days = z.number().int().min(minimum)

/** Reads the retention in days. Throws a `UsageError` when it is unreadable; then Rollcall removes nothing. */
export async function readRetention({ store }: Pick<Ports, 'store'>): Promise<number> {
  const stored = await store.setting(setting)
  if (stored === undefined) return defaultDays
  const parsed = days.safeParse(Number(stored))
  if (parsed.success) return parsed.data
  throw new UsageError(
    `Rollcall cannot read the retention of the audit log, so it removes no entries. Set it again to a whole number of days, at least ${minimum}.`,
  )
}

/** Sets the retention in days. Logs it first. Throws a `UsageError` for an invalid number, and when somebody else sets it. */
export async function setRetention(wanted: number, by: string, ports: Ports): Promise<number> {
  const { store } = ports
  const read = await store.setting(setting)
  const parsed = days.safeParse(wanted)
  if (!parsed.success)
    throw new UsageError(`Set the retention of the audit log to a whole number of days, at least ${minimum}.`)
  const fact = { actor: by, event: 'retention-changed' as const, details: { days: parsed.data } }
  const save = () => store.replaceSetting(setting, String(parsed.data), read)
  await saveUnchanged({ what: 'the retention of the audit log', fact, save }, ports)
  return parsed.data
}

/** Asks Atlassian for the time; undefined without a response, and while the time is unknown. */
export const askTime = ({ directory }: Pick<Ports, 'directory'>): Promise<Instant | undefined> =>
  directory.organization().then(
    () => (directory.time().kind === 'known' ? directory.now() : undefined),
    () => undefined,
  )

/**
 * Removes entries older than the retention, and returns the index of the last one. Removes nothing while the retention is
 * unreadable. An old entry is older than the retention both at `now`, which is Atlassian's time, and at the time of the
 * newest entry, which therefore always stays. Throws a `UsageError` when the log does not verify.
 */
export async function pruneAudit(
  by: string,
  now: Instant,
  read: (after: number) => AsyncIterable<AuditEntry>,
  ports: Ports,
): Promise<number | undefined> {
  const { auditLog, system } = ports
  const [head, kept] = [await auditLog.head(), await asReadResult(readRetention(ports))]
  if (head === undefined || typeof kept !== 'number') return undefined
  const before = Math.min(now, head.fact.at) - kept * day
  let last: AuditEntry | undefined
  for await (const entry of read(0)) {
    if (entry.fact.at >= before) break
    last = entry
  }
  if (last === undefined) return undefined
  const verified = await checkAudit(read, ports)
  if (!verified.ok)
    throw new UsageError(`Rollcall removed no audit entries, because the log does not verify: ${verified.message}`)
  await checkpointAt(last, 'pruned', ports)
  await auditLog.append({
    at: system.now(),
    actor: by,
    event: 'pruned',
    details: { upTo: last.index, hash: last.hash },
  })
  await auditLog.prune(last.index)
  return last.index
}
