// The weather: what goes wrong between Rollcall and Atlassian.

/** What goes wrong at the moment, each with its probability for a call. */
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
