// The log of the host, in order.

type LogKind = 'console' | 'invocation' | 'platform' | 'egress' | 'event' | 'trigger' | 'fault' | 'bridge'
export interface LogEntry {
  /** The host's clock, epoch milliseconds. */
  readonly at: number
  readonly kind: LogKind
  readonly text: string
  readonly invocationId?: string
  /** Of a console line. */
  readonly level?: string
}
export type Note = (kind: LogKind, text: string, more?: Partial<Pick<LogEntry, 'invocationId' | 'level'>>) => void

const mostEntries = 100_000

/** Makes a log; the oldest entries go when it is full. */
export function createLog(now: () => number, onEntry: (entry: LogEntry) => void = () => undefined) {
  const entries: LogEntry[] = []
  const note: Note = (kind, text, more = {}) => {
    const entry = { at: now(), kind, text, ...more }
    entries.push(entry)
    if (entries.length > mostEntries) entries.splice(0, mostEntries / 10)
    onEntry(entry)
  }
  return { entries: entries as readonly LogEntry[], note }
}
