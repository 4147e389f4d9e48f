// Carry out one step: re-read, judge again, write the intent, send, read back, record. Called by execute, step by step.

import { landed } from './change.js'
import type { Account } from './account.js'
import { actions } from './actions/index.js'
import { DirectoryError } from './errors.js'
import { readBack, shownBy } from './read-back.js'
import { groupsFor, recheck } from './recheck.js'
import type { Halt, StepSite } from './work-in-hand.js'
import type { Outcome, Step } from './step.js'
import { minute, type Instant } from './time.js'

/** A reading older than this is not acted on. */
export const readingLasts = minute
const sendings = 2
const rounds = 5

/** What a step ended with: recorded for good, or halted with the step left for the next advance. */
export type StepEnd = { readonly step: Step; readonly trouble?: DirectoryError } | { readonly halt: Halt }

interface Reading {
  readonly account: Account
  readonly at: Instant
}

const stops = (error: DirectoryError): Halt | undefined =>
  error.code === 'unauthorized' || error.code === 'forbidden'
    ? { cause: 'credentials', reason: error.message }
    : undefined

const asDirectoryError = (error: unknown): DirectoryError => {
  if (error instanceof DirectoryError) return error
  throw error
}

async function end(
  step: Step,
  outcome: Outcome,
  { record }: StepSite,
  reason?: string,
  trouble?: DirectoryError,
): Promise<StepEnd> {
  return { step: await record.end(step, outcome, reason), ...(trouble === undefined ? {} : { trouble }) }
}

/**
 * Reads back and records what is there: applied, or unknown with the reason. Undefined when nothing is there although
 * Atlassian answered, with an error, and the step may be sent once more.
 */
async function confirm(step: Step, why: string, site: StepSite, cause?: DirectoryError): Promise<StepEnd | undefined> {
  try {
    const shown = await readBack(step, site)
    if (typeof shown === 'object') return { halt: shown } // the step stays `sent`: the next advance reads back first
    if (shown === 'all') return end(step, 'applied', site)
    if (cause?.answered === true && step.attempts < sendings) return undefined
    if (cause?.answered === true && shown === 'none')
      return end(step, 'failed', site, `Atlassian answered twice with an error, and shows no change: ${why}`, cause)
    const what = shown === 'some' ? 'shows only a part of the change' : 'does not show the change'
    return end(step, 'unknown', site, `${why}, and Atlassian ${what}; look at this account before you repeat it`, cause)
  } catch (failure) {
    const error = asDirectoryError(failure)
    const halt = stops(error)
    if (halt !== undefined) return { halt }
    return end(step, 'unknown', site, `${why}, and reading back failed: ${error.message}`, error)
  }
}

/** Settles a step whose sending failed for good: without effect, or in part. */
async function refused(step: Step, error: DirectoryError, partly: boolean, site: StepSite): Promise<StepEnd> {
  const reason = partly ? `only a part of the change was made: ${error.message}` : error.message
  const halt = stops(error)
  if (halt !== undefined) {
    if (step.attempts >= sendings) await site.record.end(step, partly ? 'unknown' : 'failed', reason)
    else if (!partly) await site.record.put({ ...step, state: 'intent' })
    return { halt }
  }
  if (partly) return end(step, 'unknown', site, reason, error)
  if (error.code === 'not-found') return end(step, 'skipped', site, reason)
  return end(step, 'failed', site, reason, error)
}

/** Sends what has not landed; every sending asks again whether the reading is fresh and the run may go on. */
async function send(step: Step, reading: Reading, site: StepSite) {
  const { directory, system } = site.ports
  const permit = async () => system.now() - reading.at <= readingLasts && (await site.halted()) === undefined
  let accepted = 0
  try {
    for (const change of step.changes) {
      if (landed(change, reading.account) === true) continue
      if ((await directory.apply(change, permit)) === 'withheld') return { outcome: 'withheld', accepted } as const
      accepted += 1
    }
    return { outcome: 'accepted', accepted } as const
  } catch (failure) {
    return { outcome: asDirectoryError(failure), accepted }
  }
}

/** Reads the account and judges it again; the step goes on with its requests fixed, or ends here. */
async function look(
  begun: Step,
  site: StepSite,
): Promise<StepEnd | { readonly step: Step; readonly reading: Reading }> {
  const { ports, workspaces } = site
  let step = begun
  try {
    const at = ports.system.now()
    const account = await ports.directory.readAccount(step.accountId, workspaces)
    const shown = step.state === 'sent' ? shownBy(step, account) : 'none'
    if (shown === 'all') return await end(step, 'applied', site)
    if (step.state === 'sent' && step.attempts >= sendings)
      return await end(step, 'unknown', site, 'it was sent twice; look at this account before you repeat it')
    const spared = shown === 'some' ? undefined : await recheck(step, account, site)
    if (spared !== undefined) return await end(step, 'skipped', site, spared)
    if (step.changes.length === 0) {
      const groups = await groupsFor(step, ports)
      step = { ...step, changes: step.target.changes ?? actions[step.action].changes(account, step.target, groups) }
    }
    if (step.changes.length === 0)
      return await end(step, 'skipped', site, 'Atlassian shows nothing that could be changed')
    return { step, reading: { account, at } }
  } catch (failure) {
    const error = asDirectoryError(failure)
    const halt = stops(error)
    if (halt !== undefined) return { halt }
    const gone = error.code === 'not-found'
    const reason = gone ? 'no longer in the organization' : `could not be read again: ${error.message}`
    if (step.state === 'sent') return end(step, 'unknown', site, `${reason}, after the change was sent`, error)
    return gone ? end(step, 'skipped', site, reason) : end(step, 'failed', site, reason, error)
  }
}

/** Carries one step to its end, from wherever an earlier process left it. */
export async function carryOut(begun: Step, site: StepSite): Promise<StepEnd> {
  const { record } = site
  let step = begun
  if (step.state === 'sent') {
    // A process was cut off after sending. Its change may still be on the way, so nothing is sent before it had time to show.
    const halt = await site.halted()
    const shown = halt ?? (await readBack(step, site).catch(asDirectoryError))
    if (typeof shown === 'object' && !(shown instanceof DirectoryError)) return { halt: shown }
  }
  for (let round = 0; round < rounds; round += 1) {
    const halt = await site.halted()
    if (halt !== undefined) return { halt }
    const looked = await look(step, site)
    if (!('reading' in looked)) return looked
    step = looked.step.state === 'intent' ? await record.intent(looked.step) : looked.step
    step = { ...step, state: 'sent', attempts: step.attempts + 1 }
    await record.put(step)
    const { outcome, accepted } = await send(step, looked.reading, site)
    if (outcome === 'withheld') {
      step = { ...step, state: accepted === 0 ? 'intent' : 'sent', attempts: step.attempts - 1 }
      await record.put(step)
      continue
    }
    if (outcome !== 'accepted' && outcome.effect === 'none') return refused(step, outcome, accepted > 0, site)
    const ended =
      outcome === 'accepted'
        ? await confirm(step, 'Atlassian accepted the change', site)
        : await confirm(
            step,
            outcome.answered ? outcome.message : `the answer was lost (${outcome.message})`,
            site,
            outcome,
          )
    if (ended !== undefined) return ended
  }
  const late = 'the account could not be read and changed within 60 seconds'
  return step.state === 'intent' ? end(step, 'failed', site, late) : end(step, 'unknown', site, `in part: ${late}`)
}
