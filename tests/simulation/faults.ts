// The faults of the table that can occur inside a process, and how often each of them occurred. These cannot occur here:
// F3 is about Retry-After headers (the client's own tests); F24 needs warnings by mail, which do not exist yet; F26 is
// about memory (bench).

const faultNames = {
  'F1 killed before a call': 'F1',
  'F1 killed after a call': 'F1',
  'F2 rate limited beyond patience': 'F2',
  'F4 error before the effect': 'F4',
  'F4 error after the effect': 'F4',
  'F5 time-out after the effect': 'F5',
  'F5 time-out without effect': 'F5',
  'F6 restored before the read-back': 'F6',
  'F7 unexpected answer': 'F7',
  'F8 page lost': 'F8',
  'F8 cursor repeated': 'F8',
  'F9 last active unknown': 'F9',
  'F9 last active in the future': 'F9',
  'F9 last active in 1970': 'F9',
  'F9 last active by date only': 'F9',
  'F10 old dates for everyone': 'F10',
  'F11 active between plan and apply': 'F11',
  'F12 suspended by somebody else': 'F12',
  'F13 one plan approved twice': 'F13',
  'F13 two workers at once': 'F13',
  'F14 paused past the lease': 'F14',
  'F15 clock off': 'F15',
  'F15 clock stepped': 'F15',
  'F16 schedule missed': 'F16',
  'F17 policy changed after the plan': 'F17',
  'F17 protected list changed after the plan': 'F17',
  'F17 limits changed after the plan': 'F17',
  'F17 stored plan altered': 'F17',
  'F17 plan too old': 'F17',
  'F18 key refused': 'F18',
  'F19 another organization answers': 'F19',
  'F20 store cannot be written': 'F20',
  'F20 protected list cannot be read': 'F20',
  'F20 restored from an older backup': 'F20',
  'F20 restored from a backup that knows all changes': 'F20',
  'F21 audit log cannot be written': 'F21',
  'F22 group deleted before the undo': 'F22',
  'F22 no seat free for the undo': 'F22',
  'F22 rate limited during the undo': 'F22',
  'F23 too few admins': 'F23',
  'F25 stop switch during a run': 'F25',
  'F27 given back by the identity provider': 'F27',
  'F28 ended with a request on its way': 'F28',
} as const
type FaultName = keyof typeof faultNames

/** Counts how often each fault occurred. */
export type Bites = Record<FaultName, number>
export const noBites = (): Bites =>
  Object.fromEntries(Object.keys(faultNames).map((name) => [name, 0])) as unknown as Bites
