// The state of the simulation between calls.

import type { Organization } from '../organization/organization.js'
import type { Random } from '../organization/random.js'
import type { Behaviour } from './behaviour.js'
import type { Changes } from './changes.js'
import type { Clock } from './clock.js'
import type { Journal } from './journal.js'

/** The state of the simulation between calls. */
export interface World {
  readonly organization: Organization
  readonly clock: Clock
  readonly behaviour: Behaviour
  readonly changes: Changes
  readonly journal: Journal
  /** Draws the ids of accounts and groups that are created at run time. */
  readonly newIds: Random
}
