// Send: makes those requests of one step whose change does not show yet, each marked durably before it is sent.
// Execute-step calls it.

import { actions } from '../actions/index.js'
import { isApplied } from '../model/change.js'
import { asDirectoryError } from '../model/errors.js'
import type { Reading } from './recheck.js'
import { Unfinished } from '../model/time-slice.js'
import type { IntendedStep, OpenStep, SentStep } from '../model/step.js'
import { minute, second } from '../model/time.js'
import { requireMark } from '../audit/watermark.js'
import type { StepContext } from './step-context.js'

/** Nobody notices and reverses a change sooner than this; reading it back takes half a minute. */
const resendWindow = 60 * second
/** A person wants access restored: such a request is sent again for longer. */
const restoreResendWindow = 10 * minute

/** Says whether somebody may have reversed what was sent before: then it is not sent again. */
export function tooLateToRepeat(step: OpenStep, { ports }: StepContext): boolean {
  if (step.sentAt === undefined) return false
  const age = ports.system.now() - step.sentAt
  return age < 0 || age > (actions[step.action].removesAccess ? resendWindow : restoreResendWindow)
}

/** Sends what does not show yet. Each request checks again that the reading is fresh and the run may go on. */
export async function send(begun: IntendedStep | SentStep, { account, at }: Reading, context: StepContext) {
  const { directory, system } = context.ports
  const lasts = context.plan.limits.reading * second
  // A clock that was set back must not make a reading fresh again.
  const fresh = () => system.now() >= at && system.now() - at <= lasts
  let step: IntendedStep | SentStep = begun
  const repeatable = () => !tooLateToRepeat(begun, context)
  const mark = async (changes: Pick<SentStep, 'attempts' | 'accepted' | 'sentAt'>): Promise<void> => {
    step = { ...step, ...changes, state: 'sent' }
    await context.record.put(step)
  }
  const permit = async (): Promise<boolean> => {
    await requireMark(context.ports)
    if (!fresh() || !repeatable() || (await context.halted()) !== undefined) return false
    await mark({ attempts: begun.attempts + 1, accepted: step.accepted ?? 0, sentAt: system.now() })
    return fresh() && repeatable()
  }
  let sent = false
  /** Removes the mark of a request that was surely not sent: the next one counts as the first. */
  const takeBack = async (): Promise<void> => {
    if (sent) await mark({ ...step, attempts: begun.attempts, sentAt: undefined })
    else if (step !== begun) await context.record.put(begun)
  }
  try {
    for (const [index, change] of step.changes.entries()) {
      if (index < (step.accepted ?? 0)) continue
      if (isApplied(change, account) === true) {
        step = { ...step, accepted: index + 1, sentAt: undefined }
        continue
      }
      if ((await directory.apply(change, permit)) === 'withheld') {
        await takeBack()
        return { outcome: 'withheld', step: sent ? step : begun, sent } as const
      }
      sent = true
      await mark({ ...step, accepted: index + 1, sentAt: undefined })
    }
    return { outcome: 'accepted', step, sent } as const
  } catch (failure) {
    // Rate limited, with a wait longer than this time slice: nothing of it was sent.
    if (failure instanceof Unfinished) await takeBack()
    return { outcome: asDirectoryError(failure), step, sent }
  }
}
