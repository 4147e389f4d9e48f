// The exclusion of every account while the time is unknown: nobody can say then who is inactive.

import type { ExclusionOf } from '../model/exclusion.js'
import type { Ports } from '../ports.js'

/** Why nobody may lose access now; undefined while the time is known. */
export function timeUnknown({ directory }: Pick<Ports, 'directory'>): ExclusionOf<'time-unknown'> | undefined {
  const time = directory.time()
  if (time.kind === 'known') return undefined
  const { because, machine, atlassian } = time
  return { code: 'time-unknown', because, machine, atlassian }
}
