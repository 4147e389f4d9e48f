// The journal of the organization: one event for every change.

export interface OrganizationEvent {
  readonly id: string
  readonly at: number
  readonly action: string
  /** The account or group that was changed. */
  readonly subject: string
}
export interface Journal {
  readonly events: readonly OrganizationEvent[]
  add(action: string, subject: string): void
}

/** Makes an empty journal. */
export function createJournal(now: () => number, newId: () => string): Journal {
  const events: OrganizationEvent[] = []
  return { events, add: (action, subject) => void events.push({ id: newId(), at: now(), action, subject }) }
}
