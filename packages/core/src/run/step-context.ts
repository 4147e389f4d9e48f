// The step context: what a step of a run needs, and why it stops the run.

import type { KeyAbility } from '../model/api-key.js'
import { asDirectoryError, type DirectoryError } from '../model/errors.js'
import type { AccountId } from '../model/ids.js'
import type { Workspace } from '../model/organization.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { StepJournal } from './step-journal.js'
import type { HaltCause } from '../model/run.js'

export interface Halt {
  readonly cause: HaltCause
  readonly reason: string
}

export interface StepContext {
  readonly ports: Ports
  readonly plan: Plan
  readonly workspaces: readonly Workspace[]
  /** The requesters: Rollcall never acts on them. */
  readonly requesters: readonly AccountId[]
  readonly journal: StepJournal
  /** Undefined while the run may continue. Throws `LeaseLost`; returns a halt when the stop switch is on. */
  readonly halted: () => Promise<Halt | undefined>
  /** Renews the lease while Rollcall reads an account. Never throws: `halted` does, before anything is written. */
  readonly renew: () => Promise<void>
}

/** The abilities that a run needs of the keys. */
const needed: readonly KeyAbility[] = ['accounts', 'changes']

/** True if the keys still work, so that a 403 was about one account. Any other response leaves that unknown. */
async function keysWork({ ports }: StepContext): Promise<boolean> {
  for (const ability of needed) {
    const failure = await ports.directory.tryKey(ability).then(() => undefined, asDirectoryError)
    if (failure !== undefined) return false
  }
  return true
}

/** The halt after an error: Atlassian refused the credentials, or the stop switch interrupted a wait. */
export async function haltFor(error: DirectoryError, context: StepContext): Promise<Halt | undefined> {
  const refused = error.code === 'unauthorized' || (error.code === 'forbidden' && !(await keysWork(context)))
  return refused ? { cause: 'credentials', reason: error.message } : context.halted()
}
