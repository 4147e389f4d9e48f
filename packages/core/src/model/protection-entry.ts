// One entry of the protected list, and one rule about protection.

import type { GroupId } from './ids.js'
import type { Instant } from './time.js'

/** One entry of the protected list; `subject` is an account id, `group:NAME` or `email:PATTERN` with `*`. */
export interface Protection {
  readonly subject: string
  readonly reason: string
  readonly by: string
  readonly addedAt: Instant
  /** For a group: its ids when the entry was added, so that the entry still protects the group after a rename. */
  readonly groupIds?: readonly GroupId[]
  /** Its author knew that it covered nobody when it was added. */
  readonly evenIfEmpty?: true
  /** When the entry ends; midnight UTC means the end of the day that begins then, in every time zone. */
  readonly until?: Instant
}

/**
 * An entry of the protected list, or the word of an admin that an account is a person: then it is not protected for looking
 * like a service account. All other protection stays.
 */
export interface ProtectionRule extends Protection {
  readonly isPerson?: true
}
