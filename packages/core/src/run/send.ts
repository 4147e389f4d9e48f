// Send: sends the requests of one step whose change does not show yet, and stores a mark before each. Execute-step calls it.

import { actions } from '../actions/index.js'
import { isApplied } from '../model/change.js'
import { asDirectoryError } from '../model/errors.js'
import type { Reading } from '../plan/judge-again.js'
import { Unfinished } from '../model/time-slice.js'
import type { IntendedStep, OpenStep, SentStep } from '../model/step.js'
import { minute, second } from '../model/time.js'
import { requireMark } from '../audit/watermark.js'
import type { StepContext } from './step-context.js'

/** How long Rollcall may send a change again: no person notices and reverses it sooner. Reading back takes half a minute. */
const resendWindow = 60 * second
/** The same for a change that restores access, which a person wants: it may be longer. */
const restoreResendWindow = 10 * minute

/** True if somebody may have reversed the change that was sent before: then Rollcall does not send it again. */
export function tooLateToRepeat(step: OpenStep, { ports }: StepContext): boolean {
  if (step.sentAt === undefined) return false
  const age = ports.system.now() - step.sentAt
  return age < 0 || age > (actions[step.action].removesAccess ? resendWindow : restoreResendWindow)
}

/** Sends the changes that do not show yet. Before each request, it checks the age of the read, and whether the run may continue. */
export async function send(
  begun: IntendedStep | SentStep,
  { account, from }: Pick<Reading, 'account' | 'from'>,
  context: StepContext,
) {
  const { directory, system } = context.ports
  const maxAge = context.plan.limits.reading * second
  // If somebody sets the clock back, an old read must not look fresh.
  const fresh = () => system.now() >= from && system.now() - from <= maxAge
  let step: IntendedStep | SentStep = begun
  const repeatable = () => !tooLateToRepeat(begun, context)
  const mark = async (changes: Pick<SentStep, 'attempts' | 'accepted' | 'sentAt'>): Promise<void> => {
    step = { ...step, ...changes, state: 'sent' }
    await context.journal.put(step)
  }
  const permit = async (): Promise<boolean> => {
    await requireMark(context.ports)
    if (!fresh() || !repeatable() || (await context.halted()) !== undefined) return false
    await mark({ attempts: begun.attempts + 1, accepted: step.accepted ?? 0, sentAt: system.now() })
    return fresh() && repeatable()
  }
  let sent = false
  /** Removes the mark of a request that was surely not sent: the next one counts as the first. */
  const unmark = async (): Promise<void> => {
    if (sent) await mark({ ...step, attempts: begun.attempts, sentAt: undefined })
    else if (step !== begun) await context.journal.put(begun)
  }
  try {
    for (const [index, change] of step.changes.entries()) {
      if (index < (step.accepted ?? 0)) continue
      if (isApplied(change, account) === true) {
        step = { ...step, accepted: index + 1, sentAt: undefined }
        continue
      }
      if ((await directory.apply(change, permit)) === 'withheld') {
        await unmark()
        return { outcome: 'withheld', step: sent ? step : begun, sent } as const
      }
      sent = true
      await mark({ ...step, accepted: index + 1, sentAt: undefined })
    }
    return { outcome: 'accepted', step, sent } as const
  } catch (failure) {
    // The wait of a rate limit was longer than this time slice: nothing was sent.
    if (failure instanceof Unfinished) await unmark()
    return { outcome: asDirectoryError(failure), step, sent }
  }
}
