// What the app used, in the units that the platform bills and limits.

import type { Limits } from './limits.js'

export interface FunctionCounts {
  invocations: number
  /** Ended by an error of the app. */
  errors: number
  timeouts: number
  outOfMemory: number
  durationMs: number
  longestMs: number
  /** Duration times configured memory: what is billed. */
  gbSeconds: number
  /** The most memory seen at the end of an invocation: the heap, and what lies outside of it. */
  heapBytes: number
  mostEgress: number
}
export interface Counts {
  readonly functions: Record<string, FunctionCounts>
  readonly sql: { requests: number; ddl: number; failed: number; seconds: number; longestMs: number }
  readonly kvs: { reads: number; readBytes: number; writes: number; writtenBytes: number }
  readonly egress: { requests: number; refused: number }
  readonly jira: { requests: number }
  readonly events: {
    pushes: number
    pushed: number
    delivered: number
    succeeded: number
    failed: number
    retried: number
    refusedByConcurrency: number
    lost: number
    duplicated: number
  }
  readonly logs: { lines: number; dropped: number; bytes: number }
  /** Faults that struck, by kind. */
  readonly faults: Record<string, number>
  /** How near the app came to each limit, in the limit's unit. */
  readonly most: Partial<Record<keyof Limits, number>>
  /** Calls that a limit refused, by the limit's name. */
  readonly refused: Record<string, number>
}

/** All zero. */
export const createCounts = (): Counts => ({
  functions: {},
  sql: { requests: 0, ddl: 0, failed: 0, seconds: 0, longestMs: 0 },
  kvs: { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0 },
  egress: { requests: 0, refused: 0 },
  jira: { requests: 0 },
  events: {
    pushes: 0,
    pushed: 0,
    delivered: 0,
    succeeded: 0,
    failed: 0,
    retried: 0,
    refusedByConcurrency: 0,
    lost: 0,
    duplicated: 0,
  },
  logs: { lines: 0, dropped: 0, bytes: 0 },
  faults: {},
  most: {},
  refused: {},
})

/** The counts of one function. */
export function countsOf(counts: Counts, functionKey: string): FunctionCounts {
  counts.functions[functionKey] ??= {
    invocations: 0,
    errors: 0,
    timeouts: 0,
    outOfMemory: 0,
    durationMs: 0,
    longestMs: 0,
    gbSeconds: 0,
    heapBytes: 0,
    mostEgress: 0,
  }
  return counts.functions[functionKey]
}

/** Adds one to a named tally. */
export function tally(of: Record<string, number>, name: string): void {
  of[name] = (of[name] ?? 0) + 1
}
