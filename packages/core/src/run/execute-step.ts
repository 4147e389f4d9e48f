// Executes one step: read the account, judge it again, write the intent, send, read back, log. Execute calls it.
//
// A process that is killed while it sends a request cannot know whether the request arrived, and Atlassian keeps no
// history that would show it. So Rollcall writes the mark `sentAt` right before the request, inside the permit, and
// removes it with the response. A process that finds the mark waits the full read-back. If the change does not show by
// then, either the request was never sent or somebody has reversed the change. Rollcall sends it again only while the
// mark is too young for anybody to have reversed it. Otherwise the step ends `unknown`: Rollcall neither acts against a
// person nor drops an account. Rollcall writes an audit entry of its own before it sends a request a second time.

import type { Account } from '../model/account.js'
import { describeUnrestored, stateOf } from '../model/account-state.js'
import { isApplied } from '../model/change.js'
import { actions } from '../actions/index.js'
import { asDirectoryError, type DirectoryError } from '../model/errors.js'
import type { Exclusion } from '../model/exclusion.js'
import { exclusionText } from '../policy/exclusion-texts.js'
import { readBack, shownBy } from './read-back.js'
import { readAccountNow } from '../plan/ask-account.js'
import type { Reading } from '../plan/judge-again.js'
import { groupsFor, recheck } from './recheck.js'
import { haltFor, type Halt, type StepContext } from './step-context.js'
import { send, tooLateToRepeat } from './send.js'
import type { EndedStep, IntendedStep, OpenStep, Outcome, SentStep } from '../model/step.js'
import { updateSnapshot } from './update-snapshot.js'
import { vetoByHand } from '../sync/restored-by-people.js'

/** How often Rollcall sends the requests of a step. */
const maxAttempts = 2
/** How often a read may become too old while the request waits; then Atlassian counts as unavailable. */
const maxRereads = 30

/** How executing a step ended: the ended step, or a halt that leaves the step for the next advance. */
export type StepEnd = { readonly step: EndedStep; readonly trouble?: DirectoryError } | { readonly halt: Halt }
/** A step that continues. */
interface Continuing {
  readonly open: OpenStep
}

const checkFirst = 'check this account before you try again'

async function end(
  step: OpenStep,
  outcome: Outcome,
  { journal }: StepContext,
  reason?: string,
  trouble?: DirectoryError,
): Promise<StepEnd> {
  const ended = await journal.end(step, { outcome, reason, trouble: trouble?.code })
  return trouble === undefined ? { step: ended } : { step: ended, trouble }
}

/** True if a request of the step has left, or may have, and nothing shows yet whether it has an effect. */
const mayHaveEffect = ({ state, accepted, sentAt }: OpenStep): boolean =>
  state === 'sent' && (sentAt !== undefined || accepted === undefined)

/** Ends a step whose account Rollcall excludes after all, and which changed nothing. */
const skip = async (step: OpenStep, exclusion: Exclusion, { journal }: StepContext): Promise<StepEnd> => ({
  step: await journal.end(step, {
    outcome: 'skipped',
    reason: exclusionText(exclusion),
    exclusion: exclusion.code,
  }),
})

/** Ends a step as applied, since all its changes show. The reason lists what an undo could not restore. */
async function applied(step: OpenStep, account: Account, context: StepContext): Promise<StepEnd> {
  const { plan, ports } = context
  if (!plan.scheduled && !actions[step.action].removesAccess) await vetoByHand(step, plan.limits.veto, ports)
  // Also makes sure that this process still holds the lease.
  await context.halted()
  await updateSnapshot(account, plan.organization.id, ports)
  return end(step, 'applied', context, describeUnrestored(step.target.before, account))
}

/** Ends a step whose account cannot be read. */
async function unreadable(step: OpenStep, failure: unknown, context: StepContext): Promise<StepEnd> {
  const error = asDirectoryError(failure)
  const halt = await haltFor(error, context)
  if (halt !== undefined) return { halt }
  const gone: Exclusion | undefined = error.code === 'not-found' ? { code: 'no-longer-in-organization' } : undefined
  const reason = gone === undefined ? `could not be read again: ${error.message}` : exclusionText(gone)
  if (step.state === 'sent') return end(step, 'unknown', context, `${reason}, after the change was sent`, error)
  return gone === undefined ? end(step, 'failed', context, reason, error) : skip(step, gone, context)
}

/**
 * Reads back, and ends the step by what Atlassian shows: applied, or unknown with the reason. Undefined when Atlassian
 * shows no change and responded with an error, and Rollcall may send the step once more.
 */
async function confirm(
  step: OpenStep,
  why: string,
  context: StepContext,
  cause?: DirectoryError,
): Promise<StepEnd | undefined> {
  try {
    const seen = await readBack(step, context)
    if ('cause' in seen) return { halt: seen } // the step stays `sent`: the next advance reads back first
    const shown = shownBy(step, seen)
    if (shown === 'all') return applied(step, seen, context)
    if (cause?.responded === true && step.attempts < maxAttempts) return undefined
    // Atlassian may show a change late that it answered with an error, so only a refusal (4xx) is a failure.
    const what = shown === 'some' ? 'shows only a part of the change' : 'does not show the change'
    return end(step, 'unknown', context, `${why}, and Atlassian ${what}; ${checkFirst}`, cause)
  } catch (failure) {
    const error = asDirectoryError(failure)
    const halt = await haltFor(error, context)
    if (halt !== undefined) return { halt }
    return end(step, 'unknown', context, `${why}, and reading back failed: ${error.message}`, error)
  }
}

/** Ends a step whose request failed for good: without effect, in part, or after a request of unknown effect. */
async function endRejected(
  step: IntendedStep | SentStep,
  error: DirectoryError,
  partly: boolean,
  doubtful: boolean,
  context: StepContext,
): Promise<StepEnd> {
  const reason = partly ? `Atlassian applied only a part of the change: ${error.message}` : error.message
  const halt = await haltFor(error, context)
  if (halt !== undefined) {
    if (step.attempts >= maxAttempts)
      await context.journal.end(step, { outcome: doubtful ? 'unknown' : 'failed', reason })
    else if (partly) await context.journal.put({ ...step, sentAt: undefined })
    else await context.journal.put({ ...step, state: 'intent', accepted: undefined, sentAt: undefined })
    return { halt }
  }
  if (doubtful) return end(step, 'unknown', context, reason, error)
  if (error.code === 'not-found') return skip(step, { code: 'no-longer-found', why: reason }, context)
  return end(step, 'failed', context, reason, error)
}

/** Reads the account, and adds what only the plan's or the newest snapshot shows. */
async function readAccount({ accountId }: OpenStep, { ports, plan, workspaces, renew }: StepContext) {
  const { store } = ports
  const heads = [await store.snapshotHead(plan.snapshotId), ...(await store.snapshotHeads(1))]
  const own = heads.flatMap((head) => (head?.organization.id === plan.organization.id ? [head] : []))
  return readAccountNow(accountId, workspaces, own, ports, renew)
}

/** Reads the account and judges it again. The step continues with fixed requests, or ends here. */
async function readAndJudge(
  begun: OpenStep,
  found: boolean,
  context: StepContext,
): Promise<StepEnd | (Continuing & Reading)> {
  const { ports } = context
  let step = begun
  try {
    const at = ports.system.now()
    const { account, from } = await readAccount(step, context)
    const shown = step.state === 'sent' ? shownBy(step, account) : 'none'
    if (shown === 'all') return await applied(step, account, context)
    if (step.state === 'sent' && step.attempts >= maxAttempts)
      return await end(step, 'unknown', context, `Rollcall sent it twice; ${checkFirst}`)
    const partly = shown === 'some' || (step.accepted ?? 0) > 0
    const exclusion = await recheck(step, { account, at }, context, partly)
    if (exclusion !== undefined && partly)
      return await end(
        step,
        'unknown',
        context,
        `Atlassian applied only a part of the change: ${exclusionText(exclusion)}`,
      )
    if (exclusion !== undefined && mayHaveEffect(step)) {
      const sent = found
        ? 'may have been sent before the process was interrupted'
        : 'was sent, with an error in response'
      const why = `the change ${sent}, and Atlassian may still make it: ${exclusionText(exclusion)}`
      return await end(step, 'unknown', context, why)
    }
    if (exclusion !== undefined) return await skip(step, exclusion, context)
    // Nothing was sent yet, and others may have made some of the changes meanwhile: determine the requests again.
    if (step.state !== 'sent' && step.attempts === 0) {
      const groups = await groupsFor(step, account, context.plan, ports)
      const changes = step.target.changes ?? actions[step.action].changes(account, step.target, groups)
      step = { ...step, changes, before: stateOf(account) }
    }
    if (step.changes.length === 0) return await skip(step, { code: 'nothing-to-change' }, context)
    return { open: step, account, at, from }
  } catch (failure) {
    return unreadable(step, failure, context)
  }
}

/** Continues a step that another process has sent, at least in part: see the head of this file. */
async function continueSent(step: SentStep, context: StepContext): Promise<StepEnd | Continuing> {
  const { accepted = 0, sentAt } = step
  try {
    const halt = await context.halted()
    const seen = halt ?? (await readBack(step, context))
    if ('cause' in seen) return { halt: seen }
    const missing = step.changes.findIndex((change) => isApplied(change, seen) !== true)
    if (missing === -1) return applied(step, seen, context)
    if (missing < accepted) {
      const why = 'Atlassian accepted the change before the process was interrupted, and does not show it'
      return end(step, 'unknown', context, `${why}; ${checkFirst}`)
    }
    const left = sentAt !== undefined || step.accepted === undefined
    // Otherwise the missing change was never sent, or is the one that was just being sent.
    if (left && missing > accepted) return { open: { ...step, accepted: missing, sentAt: undefined } }
    return { open: step }
  } catch (failure) {
    return unreadable(step, failure, context)
  }
}

/** Executes one step to its end, from where an earlier process left it. */
export async function executeStep(begun: OpenStep, context: StepContext): Promise<StepEnd> {
  const { journal } = context
  const logged = await journal.finishFromLog(begun)
  if (logged !== undefined) return { step: logged }
  const found = begun.state === 'sent'
  const continued = begun.state === 'sent' ? await continueSent(begun, context) : { open: begun }
  if (!('open' in continued)) return continued
  let step: OpenStep = continued.open
  for (let round = 0; round < maxRereads; round += 1) {
    const halt = await context.halted()
    if (halt !== undefined) return { halt }
    const judged = await readAndJudge(step, found, context)
    if (!('open' in judged)) return judged
    if (tooLateToRepeat(judged.open, context)) {
      const when = found ? 'before the process was interrupted' : 'more than a minute ago'
      return end(judged.open, 'unknown', context, `was sent ${when}, and Atlassian does not show it; ${checkFirst}`)
    }
    const earlier = judged.open.state === 'sent' ? judged.open : await journal.intent(judged.open, judged.account)
    if (earlier.sentAt !== undefined) await journal.recordResend(earlier)
    const sending = await send(earlier, judged, context)
    const { outcome } = sending
    step = sending.step
    if (outcome === 'withheld') continue
    if (outcome !== 'accepted' && outcome.effect === 'none') {
      const partly = sending.sent || (earlier.accepted ?? 0) > 0
      return endRejected(sending.step, outcome, partly, partly || earlier.sentAt !== undefined, context)
    }
    const ended =
      outcome === 'accepted'
        ? await confirm(step, 'Atlassian accepted the change', context)
        : await confirm(
            step,
            outcome.responded ? outcome.message : `the response was lost (${outcome.message})`,
            context,
            outcome,
          )
    if (ended !== undefined) return ended
  }
  const seconds = context.plan.limits.reading
  const why = `Rollcall read the account ${maxRereads} times, but could not change it within ${seconds} seconds of a read, because Atlassian limits the rate`
  return { halt: { cause: 'unavailable', reason: `${why}.` } }
}

/** Ends a sent step of a run that stops or has ended, by what Atlassian shows. Sends nothing. */
export async function settle(step: OpenStep, context: StepContext): Promise<StepEnd> {
  const logged = await context.journal.finishFromLog(step)
  if (logged !== undefined) return { step: logged }
  try {
    const seen = await readBack(step, context)
    if ('cause' in seen) return { halt: seen }
    if (shownBy(step, seen) === 'all') return await applied(step, seen, context)
    const why = 'was sent before the run was stopped, and Atlassian does not show all of it'
    return await end(step, 'unknown', context, `${why}; ${checkFirst}`)
  } catch (failure) {
    return unreadable(step, failure, context)
  }
}
