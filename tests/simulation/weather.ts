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
})
