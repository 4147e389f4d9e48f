// The weather: the faults between Rollcall and Atlassian.

/** The current faults, each with its probability per call. */
export interface Weather {
  limited: number
  failing: number
  lostAfter: number
  lostBefore: number
  strange: number
  conflict: number
  /** 401 for every call. */
  keyRefused: boolean
  otherOrganization: boolean
  oldDates: boolean
  pageLost: boolean
  cursorRepeated: boolean
  slow: boolean
  /** A column that Atlassian sends empty, and for which accounts. */
  emptied: '' | 'groups' | 'roles' | 'activity' | 'joined'
  emptiedFor: 'everybody' | 'some'
  /** A value that is null for some accounts. */
  nulled: '' | 'source' | 'status' | 'claim' | 'groups'
  /** Searches for groups return all groups. */
  unheeded: boolean
  /** Atlassian's clock and the machine's disagree. */
  clocksApart: boolean
  /** Pages that never end, with fresh cursors. */
  endless: '' | 'repeated' | 'empty'
  /** 403 for the changes of some accounts, although the key works. */
  forbidden: boolean
  /** When the present degradation began. */
  degradedAt: number
}
export const calm = (): Weather => ({
  limited: 0,
  failing: 0,
  lostAfter: 0,
  lostBefore: 0,
  strange: 0,
  conflict: 0,
  keyRefused: false,
  otherOrganization: false,
  oldDates: false,
  pageLost: false,
  cursorRepeated: false,
  slow: false,
  emptied: '',
  emptiedFor: 'everybody',
  nulled: '',
  unheeded: false,
  clocksApart: false,
  endless: '',
  forbidden: false,
  degradedAt: 0,
})
