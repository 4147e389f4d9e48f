// The time as Rollcall knows it: Atlassian's, or unknown while Atlassian's clock and this machine's disagree, or while
// Atlassian's answers carry no time.

import { formatInstant, hour, type Instant } from './time.js'

/** How far clocks may differ. Beyond it the time is unknown, and a date further in the future is wrong data. */
export const clocksDiffer = hour

/**
 * `apart`: the two clocks differ. `jumped`: Atlassian's clock moved further than the time that passed. `silent`: no answer of
 * Atlassian has said what time it is.
 */
export type KnownTime = { readonly kind: 'known'; readonly at: Instant } | UnknownTime

export interface UnknownTime {
  readonly kind: 'unknown'
  readonly because: 'apart' | 'jumped' | 'silent'
  readonly machine: Instant
  /** Null while Atlassian is silent. */
  readonly atlassian: Instant | null
}

/** When the time is known again, after "until". */
export const untilKnown = ({ atlassian }: Pick<UnknownTime, 'atlassian'>): string =>
  atlassian === null ? 'Atlassian says the time' : 'the two agree again'

/** Says why the time is unknown, with both times. */
export function describeUnknownTime({ because, machine, atlassian }: UnknownTime): string {
  const here = formatInstant(machine)
  if (atlassian === null)
    return `Atlassian's answers do not say what time it is, so nobody can tell whether this machine's clock, ${here}, is right. Let the proxies on the way pass the Date header.`
  const there = formatInstant(atlassian)
  return because === 'apart'
    ? `This machine's clock shows ${here} and Atlassian's answers ${there}. They differ by more than an hour, so Rollcall does not know the time.`
    : `The time in Atlassian's answers jumped to ${there} (this machine shows ${here}) by more than the time that passed, so Rollcall does not know the time.`
}
