// Reconciling: a database that is older than what was done becomes the one that holds again. Atlassian is asked for the
// truth, what was forgotten is taken for the worst, and every policy waits until a person has looked at its plan.

import { z } from 'zod'
import { bounds } from './guard.js'
import type { Ports } from './ports.js'
import { sync } from './sync.js'
import type { Instant } from './time.js'
import { findGap, type Gap } from './watermark.js'

const setting = 'reconciled'
const shape = z.strictObject({ at: z.number(), lost: z.number().nullable() })

/** When the database was reconciled, and how many audit entries were lost; null where nobody can tell. */
export type Reconciled = z.output<typeof shape>

/** Reads the newest reconciliation; undefined when there was none. */
export async function lastReconciled({ store }: Pick<Ports, 'store'>): Promise<Reconciled | undefined> {
  const stored = await store.setting(setting)
  return stored === undefined ? undefined : shape.parse(JSON.parse(stored))
}

/** What lost entries charge to the budget: each may have been an intent, and where nobody can tell, all of it is spent. */
export function chargeOfLost(reconciled: Reconciled | undefined, now: Instant): number {
  if (reconciled === undefined || reconciled.at <= now - bounds.budgetWindow) return 0
  return reconciled.lost ?? Infinity
}

/** What holds after a reconciliation, for the admin. */
export function reconciledNote({ end, lost }: Gap): string {
  const [missing, counts] =
    lost === undefined
      ? [`How much is missing after entry ${end} cannot be told`, 'the budget is spent']
      : [`${lost} audit entries after entry ${end} are missing`, 'each of them counts as one account of the budget']
  return `${missing}; for 7 days ${counts}. What was set since then is gone as well: look at policies, protected list, limits and vetoes. Plans from before are refused, and no policy runs by itself until somebody has looked at a plan of it.`
}

/**
 * Reconciles, if the database is older than what was done; undefined when it is not. Takes the roll, which also finds
 * whom people have given back since; the watermark comes last, so that one that was cut off is begun again.
 */
export async function reconcile(by: string, ports: Ports): Promise<Gap | undefined> {
  const { store, auditLog, watermark, system } = ports
  const gap = await findGap(ports)
  if (gap === undefined) return undefined
  await sync(ports, by)
  for (const { previewedVersion: _, ...unseen } of await store.policies()) await store.putPolicy(unseen)
  const [at, lost] = [system.now(), gap.lost ?? null]
  await store.putSetting(setting, JSON.stringify({ at, lost } satisfies Reconciled))
  const details = { end: gap.end, lost }
  const { index, hash } = await auditLog.append({ at, actor: by, event: 'reconciled', details })
  await watermark.write({ index, hash })
  return gap
}
