// The step context: what a step of a run needs, and what makes it halt.

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
  readonly record: StepJournal
  /** Undefined while the run may go on: this process holds the lease, and the stop switch is off. */
  readonly halted: () => Promise<Halt | undefined>
}

/** The halt after an error: Atlassian refused the credentials, or the stop switch cut a wait short. */
export const haltFor = async (error: DirectoryError, { halted }: StepContext): Promise<Halt | undefined> =>
  error.code === 'unauthorized' || error.code === 'forbidden'
    ? { cause: 'credentials', reason: error.message }
    : halted()
