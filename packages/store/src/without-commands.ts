// Runs of version 0.1.0 hold sentences that name a command. Each host names the next step itself, so reading a run drops
// those sentences.

import type { Run } from '@rollcall/core'

/** A sentence with a quoted command. */
const sentenceWithCommand = /\s+[^.]*"rollcall\s[^"]*"[^.]*\./g

const dropFrom = (text: string): string => text.replaceAll(sentenceWithCommand, '')

/** The run without the commands in its refusals and its stop reason. */
export function withoutCommands(run: Run): Run {
  const { refusals, stopReason } = run
  return {
    ...run,
    ...(stopReason === undefined ? {} : { stopReason: dropFrom(stopReason) }),
    ...(refusals === undefined
      ? {}
      : { refusals: refusals.map((one) => ({ ...one, message: dropFrom(one.message) })) }),
  }
}
