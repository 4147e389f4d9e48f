// Usual: a person has looked at a roll and says that the share of quiet people in it is right. It is that roll that becomes
// what later ones are compared with, and no newer one that nobody has looked at.

import { quietShare, takeAsUsual } from './anomaly.js'
import { UsageError } from './errors.js'
import type { Snapshot } from './organization.js'
import type { Ports } from './ports.js'
import { formatInstant } from './time.js'

/** The roll that was taken as usual. */
export interface TakenAsUsual {
  readonly snapshotId: string
  readonly asOf: string
  readonly accounts: number
  /** How many of them are quiet. */
  readonly quiet: number
  /** The same, in percent. */
  readonly share: number
}

/** The ports as they are while a roll is the newest: one that is finished meanwhile is not taken in its place. */
const upTo = ({ startedAt }: Snapshot, ports: Ports): Ports => ({
  ...ports,
  store: {
    ...ports.store,
    snapshots: async (limit) => (await ports.store.snapshots(limit)).filter((one) => one.startedAt <= startedAt),
  },
})

/**
 * Takes the newest roll as usual; where the roll is named that was looked at, that one or none. Answers which it took;
 * undefined while there is no complete one.
 */
export async function takeRollAsUsual(
  by: string,
  lookedAt: string | undefined,
  ports: Ports,
): Promise<TakenAsUsual | undefined> {
  const [newest] = await ports.store.snapshots(1)
  const isMeant = lookedAt === undefined || lookedAt === newest?.id
  if (isMeant && newest?.complete !== true) return undefined
  const share = isMeant && newest !== undefined ? await takeAsUsual(by, upTo(newest, ports)) : undefined
  if (newest === undefined || share === undefined)
    throw new UsageError(
      'The roll that was looked at is not the newest one, so nothing was taken as usual. Look at the newest one, then say it of that.',
    )
  const { id: snapshotId, asOf = newest.startedAt, accounts, quiet } = newest
  return { ...{ snapshotId, asOf: formatInstant(asOf), accounts, quiet }, share: quietShare(newest) }
}
