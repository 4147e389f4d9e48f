// Usual: a person has looked at a roll and says that the share of quiet people in it is right. It is that roll that becomes
// what later ones are compared with, and no newer one that nobody has looked at.

import { asBaseline, inactivePercentage } from './baseline.js'
import { UsageError } from '../model/errors.js'
import type { Ports } from '../ports.js'
import { formatInstant } from '../model/time.js'

/** The roll that was taken as usual. */
export interface AcceptedBaseline {
  readonly snapshotId: string
  readonly asOf: string
  readonly accounts: number
  /** How many of them are quiet. */
  readonly quiet: number
  /** The same, in percent. */
  readonly share: number
}

/**
 * A person says that the shares of a roll are right: later ones are compared with it. Accepting the code `anomaly` says
 * that of one run only. Takes the newest roll; where the roll is named that was looked at, that one or none. Answers which
 * it took; undefined while there is no complete one.
 */
export async function acceptBaseline(
  by: string,
  lookedAt: string | undefined,
  { store, auditLog, system }: Ports,
): Promise<AcceptedBaseline | undefined> {
  const [newest] = await store.snapshots(1)
  if (lookedAt !== undefined && lookedAt !== newest?.id)
    throw new UsageError(
      'There is a newer snapshot than the one you reviewed, so nothing was accepted. Review the newest one.',
    )
  if (newest === undefined || !newest.complete) return undefined
  const { id: snapshotId, asOf = newest.startedAt, accounts, quiet } = newest
  const share = inactivePercentage(newest) ?? 0
  const details = { share, before: newest.usual ?? null }
  await auditLog.append({ at: system.now(), actor: by, event: 'taken-as-usual', subject: snapshotId, details })
  await store.putSnapshot({ ...newest, ...asBaseline(newest), takenAsUsual: true })
  return { snapshotId, asOf: formatInstant(asOf), accounts, quiet, share }
}
