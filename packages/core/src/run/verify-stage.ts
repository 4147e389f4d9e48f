// Verify a stage: at its end, Rollcall reads the changed accounts again. If an account has its access again, somebody has
// restored it, and it is exempt from now on. Execute calls it.

import { actions } from '../actions/index.js'
import { DirectoryError } from '../model/errors.js'
import type { Run } from '../model/run.js'
import type { Step } from '../model/step.js'
import { reversedStep, vetoReversed } from '../sync/restored-by-people.js'
import { haltFor, type Halt, type StepContext } from './step-context.js'

/** Reads the accounts again that lost access, from the run's `judgedFrom` on. Returns the halt when there is one. */
export async function verifyStage(run: Run, steps: readonly Step[], context: StepContext): Promise<Halt | undefined> {
  const { directory, system } = context.ports
  for (const step of steps) {
    const judged = step.position >= (run.judgedFrom ?? 0) && step.state === 'applied'
    if (!judged || !actions[step.action].removesAccess) continue
    const halt = await context.halted()
    if (halt !== undefined) return halt
    try {
      const account = await directory.readAccount(step.accountId, context.workspaces, context.renew)
      // The step ended before this read, whatever the clocks say.
      if (reversedStep([step], account, Infinity, system.now()) !== undefined)
        await vetoReversed(step, { account }, context.plan.limits.veto, context.ports)
    } catch (failure) {
      if (!(failure instanceof DirectoryError)) throw failure
      if (failure.code === 'not-found') continue
      const why = `Rollcall cannot read the changed accounts again: ${failure.message}`
      return (await haltFor(failure, context)) ?? { cause: 'unavailable', reason: why }
    }
  }
  return undefined
}
