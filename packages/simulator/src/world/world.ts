// What lasts from call to call.

import type { Organization } from '../organization/organization.js'
import type { Random } from '../organization/random.js'
import type { Behaviour } from './behaviour.js'
import type { Changes } from './changes.js'
import type { Clock } from './clock.js'
import type { Journal } from './journal.js'

/** What lasts from call to call. */
export interface World {
  readonly organization: Organization
  readonly clock: Clock
  readonly behaviour: Behaviour
  readonly changes: Changes
  readonly journal: Journal
  /** Draws the ids of what is made while the simulator runs. */
  readonly newIds: Random
}
