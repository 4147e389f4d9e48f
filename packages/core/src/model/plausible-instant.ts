// Which instants from Atlassian are believed. One rule for every date: it lies after Atlassian's founding, not in the future,
// and no account joins after its last activity. A date that breaks the rule is unknown.

import { clocksDiffer } from './known-time.js'
import type { Instant } from './time.js'

/** Atlassian was founded in 2002: an earlier date is a placeholder, such as 1970 or 1900. */
const atlassianBegan: Instant = Date.UTC(2002, 0, 1)

/** True for a date that only stands for a missing one. */
export const isPlaceholder = (at: Instant): boolean => !(at >= atlassianBegan)

export const isInFuture = (at: Instant, now: Instant): boolean => at > now + clocksDiffer

export const isPlausible = (at: Instant, now: Instant): boolean => !isPlaceholder(at) && !isInFuture(at, now)

/** True if an account would have joined after it was last active; `used` is the latest time of that activity. */
export const joinedAfterUse = (joined: Instant, used: Instant): boolean => joined > used + clocksDiffer
