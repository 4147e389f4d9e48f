// Retention: how long the audit log is kept. What is older is removed up to a signed checkpoint, which stays: the rest
// verifies from there.

import { z } from 'zod'
import { checkAudit } from './verify.js'
import { checkpointAt } from './checkpoint.js'
import { asReadResult, UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { day, type Instant } from '../model/time.js'
import type { AuditEntry } from '../model/audit-entry.js'

/** PCI DSS wants twelve months; Atlassian's own log keeps half a year. */
const [usual, least] = [400, 365]
const setting = 'auditRetention'
const days = z.number().int().min(least)

/** Reads how many days the log is kept; throws a sentence when that cannot be read, and then nothing is removed. */
export async function readRetention({ store }: Pick<Ports, 'store'>): Promise<number> {
  const stored = await store.setting(setting)
  if (stored === undefined) return usual
  const parsed = days.safeParse(Number(stored))
  if (parsed.success) return parsed.data
  throw new UsageError(
    `How long the audit log is kept cannot be read, so nothing of it is removed. Set it again, to a whole number of days, at least ${least}.`,
  )
}

/** Sets how many days the log is kept. */
export async function setRetention(wanted: number, by: string, { store, auditLog, system }: Ports): Promise<number> {
  const parsed = days.safeParse(wanted)
  if (!parsed.success) throw new UsageError(`The audit log is kept for a whole number of days, at least ${least}.`)
  await auditLog.append({ at: system.now(), actor: by, event: 'retention-changed', details: { days: parsed.data } })
  await store.putSetting(setting, String(parsed.data))
  return parsed.data
}

/** Atlassian's time, asked for just now; undefined when it does not answer. */
export const askTime = ({ directory }: Pick<Ports, 'directory'>): Promise<Instant | undefined> =>
  directory.organization().then(
    () => directory.now(),
    () => undefined,
  )

/**
 * Removes what is older than the log is kept; nothing at all while that cannot be read, or when the log does not verify.
 * Says up to which entry. What is old is older than that for `now`, which Atlassian has told, and for the newest entry,
 * which therefore always stays.
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
    throw new UsageError(`Nothing of the audit log is removed, since it does not verify: ${verified.message}`)
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
