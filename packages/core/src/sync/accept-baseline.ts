// Accept baseline: an admin has reviewed a snapshot and accepts its percentages of inactive accounts. Guard compares
// later snapshots with them.

import { asBaseline, inactivePercentage } from './baseline.js'
import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'

/** The snapshot whose percentages were accepted; the names are those of the JSON. */
export interface AcceptedBaseline {
  readonly snapshotId: string
  readonly asOf: string
  readonly accounts: number
  /** How many of them are inactive. */
  readonly quiet: number
  /** The same, in percent. */
  readonly share: number
}

/**
 * Accepts the newest snapshot as the baseline for later ones; accepting the code `anomaly` allows one run only. `reviewed`
 * names the snapshot that the admin has seen. Returns undefined while no snapshot is complete.
 * @throws UsageError when a newer snapshot than the reviewed one exists
 */
export async function acceptBaseline(
  by: string,
  reviewed: string | undefined,
  { store, auditLog, system }: Ports,
): Promise<AcceptedBaseline | undefined> {
  const [newest] = await store.snapshots(1)
  if (reviewed !== undefined && reviewed !== newest?.id)
    throw new UsageError(
      'There is a newer snapshot than the one you reviewed, so nothing was accepted. Review the newest one.',
    )
  if (newest === undefined || !newest.complete) return undefined
  const { id: snapshotId, asOf = newest.startedAt, accounts, inactive } = newest
  const share = inactivePercentage(newest) ?? 0
  const details = { share, before: newest.baseline ?? null }
  await auditLog.append({ at: system.now(), actor: by, event: 'taken-as-usual', subject: snapshotId, details })
  await store.putSnapshot({ ...newest, ...asBaseline(newest), acceptedAsBaseline: true })
  return { snapshotId, asOf: formatInstant(asOf), accounts, quiet: inactive, share }
}
