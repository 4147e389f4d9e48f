// Carry out one step: re-read, judge again, write the intent, send, read back, record. Called by execute, step by step.

import type { Account } from './account.js'
import { actions, landed } from './actions/index.js'
import type { StepRecorder } from './record.js'
import { DirectoryError } from './errors.js'
import type { GroupGrant, Workspace } from './organization.js'
import type { Plan } from './plan.js'
import type { Ports } from './ports.js'
import { protectedBy } from './protection.js'
import type { HaltCause } from './run.js'
import { consider } from './select.js'
import type { Step } from './step.js'
import { minute, second, type Instant } from './time.js'

/** A reading older than this is not acted on. */
export const readingLasts = minute
/** How long Atlassian may take to show a change: tries, with these waits before each. */
const readBackWaits = [0, 1, 2, 4, 8, 15].map((seconds) => seconds * second)
const sendings = 2
const attemptsToBeFresh = 5

export interface Halt {
  readonly cause: HaltCause
  readonly reason: string
}

/** What a step ended with: recorded for good, or halted with the step left for the next advance. */
export type StepEnd = { readonly step: Step; readonly trouble?: DirectoryError } | { readonly halt: Halt }

export interface StepSite {
  readonly ports: Ports
  readonly plan: Plan
  readonly workspaces: readonly Workspace[]
  readonly record: StepRecorder
  /** Undefined while the run may go on: the lane is ours and the stop switch is off. */
  readonly halted: () => Promise<Halt | undefined>
}

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

function groupsFor({ target }: Step, { directory }: Ports): Promise<readonly GroupGrant[]> {
  if (target.group !== undefined) return directory.groupsNamed(target.group)
  const workspace = target.workspace
  return workspace === undefined ? Promise.resolve([]) : directory.grantingGroups(workspace)
}

const isLanded = (step: Step, account: Account): boolean =>
  step.changes.length > 0 && step.changes.every((change) => landed(change, account) === true)

/** Finds why a freshly read account is spared after all; undefined when the step may go on. */
async function spareReason(step: Step, { account }: Reading, site: StepSite): Promise<string | undefined> {
  const { plan, ports } = site
  const now = ports.system.now()
  const protections = await ports.store.protections()
  const { takes, asksLifecycle } = actions[step.action]
  if (plan.source === 'undo') {
    if ((step.target.changes ?? []).every((change) => landed(change, account) === true))
      return 'already-so: nothing left to undo'
    const shield = takes ? protectedBy(account, protections, now) : undefined
    if (shield !== undefined) return shield
  } else {
    const planned = plan.actions[step.position]
    const newest = Math.max(
      0,
      ...account.products.map(({ lastActive }) => (lastActive.kind === 'at' ? lastActive.at : 0)),
    )
    if (takes && newest > (planned?.lastActive ?? 0)) return 'active since the plan was made'
    const { scope, action, target } = { ...plan, ...step }
    const criteria = { scope, action, target, protections, now, conditions: plan.conditions ?? undefined }
    const judgement = consider(account, { ...criteria, requesters: [], groups: await groupsFor(step, ports) })
    if (!judgement.matched) return judgement.alreadySo === true ? `already-so: ${judgement.because}` : judgement.because
  }
  if (!asksLifecycle) return undefined
  const { allowed, reason } = await ports.directory.lifecycle(step.accountId)
  return allowed ? undefined : `Atlassian does not allow it: ${reason ?? 'no reason given'}`
}

/** Reads back until the changes show; undefined when they do not show in time. */
async function readBack(step: Step, { ports, workspaces }: StepSite): Promise<Account | undefined> {
  for (const wait of readBackWaits) {
    if (wait > 0) await ports.system.wait(wait)
    const account = await ports.directory.readAccount(step.accountId, workspaces)
    if (isLanded(step, account)) return account
  }
  return undefined
}

/** Sends what has not landed; every sending asks again whether the reading is fresh and the run may go on. */
async function send(step: Step, reading: Reading, site: StepSite): Promise<'accepted' | 'withheld'> {
  const { directory, system } = site.ports
  const permit = async () => system.now() - reading.at <= readingLasts && (await site.halted()) === undefined
  for (const change of step.changes) {
    if (landed(change, reading.account) === true) continue
    if ((await directory.apply(change, permit)) === 'withheld') return 'withheld'
  }
  return 'accepted'
}

/** Settles a step whose sending failed; reads back when the change may have landed all the same. */
async function settle(step: Step, error: DirectoryError, site: StepSite): Promise<StepEnd> {
  const halt = stops(error)
  if (halt !== undefined && step.attempts < sendings) {
    await site.record.put({ ...step, state: 'intent' })
    return { halt }
  }
  if (halt !== undefined) {
    await site.record.end(step, 'failed', error.message)
    return { halt }
  }
  if (error.code === 'not-found') return { step: await site.record.end(step, 'skipped', error.message) }
  if (error.effect === 'none') return { step: await site.record.end(step, 'failed', error.message), trouble: error }
  return confirm(step, `the answer was lost (${error.message})`, site)
}

/** Reads back and records what is there: applied, or unknown with the reason. */
async function confirm(step: Step, why: string, site: StepSite): Promise<StepEnd> {
  try {
    if ((await readBack(step, site)) !== undefined) return { step: await site.record.end(step, 'applied') }
    const reason = `${why}, and Atlassian does not show the change; look at this account before you repeat it`
    return { step: await site.record.end(step, 'unknown', reason) }
  } catch (failure) {
    const error = asDirectoryError(failure)
    const halt = stops(error)
    if (halt !== undefined) return { halt } // the step stays `sent`: the next advance reads back first
    return {
      step: await site.record.end(step, 'unknown', `${why}, and reading back failed: ${error.message}`),
      trouble: error,
    }
  }
}

async function fixChanges(step: Step, { account }: Reading, site: StepSite): Promise<Step> {
  const groups = await groupsFor(step, site.ports)
  const changes = step.target.changes ?? actions[step.action].changes(account, step.target, groups)
  return { ...step, changes }
}

/** Carries one step to its end, from wherever an earlier process left it. */
export async function carryOut(begun: Step, site: StepSite): Promise<StepEnd> {
  const { ports, record, workspaces } = site
  let step = begun
  for (let round = 0; round < attemptsToBeFresh; round += 1) {
    const halt = await site.halted()
    if (halt !== undefined) return { halt }
    let reading: Reading
    try {
      const at = ports.system.now()
      reading = { account: await ports.directory.readAccount(step.accountId, workspaces), at }
      if (step.state === 'sent') {
        if (isLanded(step, reading.account)) return { step: await record.end(step, 'applied') }
        if (step.attempts >= sendings) return await confirm(step, 'it was sent twice', site)
      }
      const begunToLand =
        step.state === 'sent' && step.changes.some((change) => landed(change, reading.account) === true)
      const spared = begunToLand ? undefined : await spareReason(step, reading, site)
      if (spared !== undefined) return { step: await record.end(step, 'skipped', spared) }
      if (step.changes.length === 0) step = await fixChanges(step, reading, site)
      if (step.changes.length === 0)
        return { step: await record.end(step, 'skipped', 'Atlassian shows nothing that could be changed') }
    } catch (failure) {
      const error = asDirectoryError(failure)
      const halt = stops(error)
      if (halt !== undefined) return { halt }
      if (error.code === 'not-found')
        return { step: await record.end(step, 'skipped', 'no longer in the organization') }
      if (step.state === 'sent') return confirm(step, 'the process was cut off after sending', site)
      return { step: await record.end(step, 'failed', `could not be read again: ${error.message}`), trouble: error }
    }
    if (step.intentAt === undefined) step = await record.intent(step)
    step = { ...step, state: 'sent', attempts: step.attempts + 1 }
    await record.put(step)
    try {
      if ((await send(step, reading, site)) === 'accepted')
        return await confirm(step, 'Atlassian accepted the change', site)
    } catch (failure) {
      return settle(step, asDirectoryError(failure), site)
    }
    step = { ...step, state: 'intent', attempts: step.attempts - 1 } // withheld: nothing was sent
    await record.put(step)
  }
  return { step: await record.end(step, 'failed', 'the account could not be read and changed within 60 seconds') }
}
