// Counting: while a sync counts the accounts of its snapshot, no run changes them. What a run reads back is either counted,
// or changes the counts of the finished snapshot.

import type { Ports } from '../ports.js'
import { minute, second } from '../model/time.js'
import { claimOn } from './claim.js'

/** How long a claim holds: the process may die, and counting takes seconds. */
const claimLasts = minute
const pause = second / 5
/** So often a caller tries, a little longer than a claim holds. After that, the counts may differ until the next sync. */
const mostTries = (claimLasts + 5 * second) / pause

/** Does work while nobody else counts or changes the accounts of a snapshot that is not finished. */
export async function whileAloneWith<Result>(
  subject: string,
  ports: Pick<Ports, 'store' | 'system'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const claim = claimOn('counting', claimLasts, ports)
  let mine = await claim.take(subject)
  for (let tries = 1; mine === undefined && tries < mostTries; tries += 1) {
    await ports.system.wait(pause)
    mine = await claim.take(subject)
  }
  try {
    return await work()
  } finally {
    if (mine !== undefined) await claim.giveBack(mine)
  }
}
