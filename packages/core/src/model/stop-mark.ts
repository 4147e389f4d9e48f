// The port of the stop mark.

/**
 * A mark beside the database that stops every run, since another process may keep the database locked. Without one, the
 * stop switch is in the store alone.
 */
export interface StopMark {
  /** Reads the mark; undefined when it is not raised. One that is unreadable counts as raised. */
  read(): Promise<string | undefined>
  /** Raises it with a new value. */
  raise(value: string): Promise<void>
  /** Removes it if its value is still the one that the caller has read. */
  lower(read: string): Promise<void>
  /** Ends after the longest time that a stop waits for its entry in the log. */
  entryWait(): Promise<void>
}
