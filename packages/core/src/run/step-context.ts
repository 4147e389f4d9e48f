// The step context: what a step of a run needs, and why it stops the run.

import type { DirectoryError } from '../model/errors.js'
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
}

/** The halt after an error: Atlassian refused the credentials, or the stop switch interrupted a wait. */
export const haltFor = async (error: DirectoryError, { halted }: StepContext): Promise<Halt | undefined> =>
  error.code === 'unauthorized' || error.code === 'forbidden'
    ? { cause: 'credentials', reason: error.message }
    : halted()
