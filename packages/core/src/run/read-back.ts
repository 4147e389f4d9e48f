// Read back: finds out whether a sent change shows, which may take Atlassian a while. Execute-step calls it.

import { isApplied } from '../model/change.js'
import type { Account } from '../model/account.js'
import type { OpenStep, Step } from '../model/step.js'
import { second, type Duration } from '../model/time.js'
import type { Halt, StepContext } from './step-context.js'

/** How long Atlassian may take to show a change: tries, with these waits between them. */
const waits: readonly Duration[] = [1, 2, 4, 8, 15].map((seconds) => seconds * second)

/** How much of a step's changes an account shows. */
export type Shown = 'all' | 'some' | 'none'

export function shownBy({ changes }: Pick<Step, 'changes'>, account: Account): Shown {
  const count = changes.filter((change) => isApplied(change, account) === true).length
  if (count === 0) return 'none'
  return count === changes.length ? 'all' : 'some'
}

/** Waits in short pieces, which notice the stop switch and renew the lease; returns the halt when there is one. */
async function pause(length: Duration, { ports, halted }: StepContext): Promise<Halt | undefined> {
  for (let left = length; left > 0; left -= second) {
    const halt = await halted()
    if (halt !== undefined) return halt
    await ports.system.wait(Math.min(left, second))
  }
  return undefined
}

/** Reads until all changes show, and returns the last reading; or the halt, which leaves the question open. */
export async function readBack(step: OpenStep, context: StepContext): Promise<Account | Halt> {
  const read = () => context.ports.directory.readAccount(step.accountId, context.workspaces)
  let seen = await read()
  for (const wait of waits) {
    if (shownBy(step, seen) === 'all') break
    const halt = await pause(wait, context)
    if (halt !== undefined) return halt
    seen = await read()
  }
  return seen
}
