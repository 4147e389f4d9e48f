// What a command gets from its process. Tests pass their own, so that commands run without a process each.

import type { Readable, Writable } from 'node:stream'

/** A stream that a command writes to. `isTTY` is true on a terminal. */
export type Output = Pick<Writable, 'write'> &
  NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** One command with its surroundings. */
export interface Invocation {
  /** The words after "rollcall". */
  readonly words: readonly string[]
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The working directory, which relative file names start from. */
  readonly folder: string
  /** Aborts on SIGINT or SIGTERM. Only commands that run until then call it. */
  readonly untilEnded: () => AbortSignal
}
