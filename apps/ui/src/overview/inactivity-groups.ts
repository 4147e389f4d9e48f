// Users in groups by thresholds. Users who were never active form groups of their own, by the day they were added: those
// added long enough ago are as inactive as others, and newcomers are not. Users with unknown activity have no number of days.
import type { Activity } from '@rollcall/api'

export const groupNames = ['active', 'lessActive', 'inactive', 'never', 'newcomer', 'unknown'] as const
export type GroupName = (typeof groupNames)[number]

/** In days; a user who was last active longer ago than `inactive` no longer counts as less active. */
export interface Thresholds {
  readonly lessActive: number
  readonly inactive: number
}

export function groupsOf(
  { days, neverFor, unknown }: Pick<Activity, 'days' | 'neverFor' | 'unknown'>,
  { lessActive, inactive }: Thresholds,
): Readonly<Record<GroupName, number>> {
  const within = (from: number, to: number, of = days) =>
    of.reduce((sum, { ago, count }) => (ago >= from && ago < to ? sum + count : sum), 0)
  return {
    active: within(0, lessActive),
    lessActive: within(lessActive, inactive),
    inactive: within(inactive, Infinity),
    never: within(inactive, Infinity, neverFor),
    newcomer: within(0, inactive, neverFor),
    unknown,
  }
}

/** How many the list shows as not active for so many days: among the never-active, those who joined that long ago. */
export const listedAs = ({ days, neverFor }: Pick<Activity, 'days' | 'neverFor'>, inactive: number): number =>
  [...days, ...neverFor].reduce((sum, { ago, count }) => (ago >= inactive ? sum + count : sum), 0)
