// Read back: finds out whether Atlassian shows a sent change, which may take some time. Execute-step calls it.

import { isApplied } from '../model/change.js'
import type { Account } from '../model/account.js'
import type { OpenStep, Step } from '../model/step.js'
import { second, type Duration } from '../model/time.js'
import type { Halt, StepContext } from './step-context.js'

/** The waits between two reads: how long Atlassian may take to show a change. */
const waits: readonly Duration[] = [1, 2, 4, 8, 15].map((seconds) => seconds * second)

/** How much of a step's changes an account shows. */
export type Shown = 'all' | 'some' | 'none'

export function shownBy({ changes }: Pick<Step, 'changes'>, account: Account): Shown {
  const count = changes.filter((change) => isApplied(change, account) === true).length
  if (count === 0) return 'none'
  return count === changes.length ? 'all' : 'some'
}

/** Waits in steps of a second, and checks the stop switch and the lease at each. Returns the halt when there is one. */
async function pause(length: Duration, { ports, halted }: StepContext): Promise<Halt | undefined> {
  for (let left = length; left > 0; left -= second) {
    const halt = await halted()
    if (halt !== undefined) return halt
    await ports.system.wait(Math.min(left, second))
  }
  return undefined
}

/** Reads until all changes show, and returns the last read; or the halt, which leaves the step open. */
export async function readBack(step: OpenStep, context: StepContext): Promise<Account | Halt> {
  const read = () => context.ports.directory.readAccount(step.accountId, context.workspaces, context.renew)
  let seen = await read()
  for (const wait of waits) {
    if (shownBy(step, seen) === 'all') break
    const halt = await pause(wait, context)
    if (halt !== undefined) return halt
    seen = await read()
  }
  return seen
}
