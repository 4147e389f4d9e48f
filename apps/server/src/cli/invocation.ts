// All that a command gets from the process that runs it. A test gives its own, so that commands need no process each.

import type { Readable, Writable } from 'node:stream'

/** Where a command writes; a terminal says that it is one. */
export type Output = Pick<Writable, 'write'> &
  NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

export interface Invocation {
  /** The words after "rollcall". */
  readonly words: readonly string[]
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The working folder: relative names of files start from it. */
  readonly folder: string
  /** Aborts when somebody ends the process; asked for only by commands that run until then. */
  readonly untilEnded: () => AbortSignal
}
