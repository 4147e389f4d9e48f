// Saves what an admin has set, unless somebody else has changed it since the admin's own operation read it.

import { UsageError } from '../model/errors.js'
import type { AuditFact } from '../model/audit-entry.js'
import type { PersonalData } from '../model/personal-data.js'
import type { Ports } from '../ports.js'

interface Saving {
  /** What is saved, for the message: "the retention of the audit log". */
  readonly what: string
  readonly fact: Omit<AuditFact, 'at'>
  readonly personal?: PersonalData | undefined
  /** Saves it only over what was read; false when it has changed meanwhile. */
  readonly save: () => Promise<boolean>
}

/** Logs a change first, then saves it. When it is not saved, the log says that as well. */
export async function saveUnchanged(
  { what, fact, personal, save }: Saving,
  { auditLog, system }: Ports,
): Promise<void> {
  await auditLog.append({ ...fact, at: system.now() }, personal)
  if (await save()) return
  const { actor, subject, event } = fact
  const about = subject === undefined ? {} : { subject }
  await auditLog.append({ at: system.now(), actor, event: 'change-not-saved', ...about, details: { change: event } })
  throw new UsageError(`Somebody else changed ${what} at the same time. Look at it again.`)
}
