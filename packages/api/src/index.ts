// The operations that every host serves: over HTTP, inside Jira, and to the page through one client.

import type { z } from 'zod'
import * as operations from './operations/index.js'
import type { ReadOnly } from './responses/read-only.js'

export { operations }
export type OperationName = keyof typeof operations
/** The response type of an operation, by its name. */
export type ResponseOf<Name extends OperationName> = ReadOnly<z.output<(typeof operations)[Name]['response']>>

export { checkResponse } from './check-response.js'
export {
  readConnectionWanted,
  tryActKey,
  type ConnectionRequest,
  type ConnectionWanted,
  type KeptKeys,
} from './connecting.js'
export { type Caller, type Interface, type Operation, type Request, type Result } from './operation.js'
export { connectingPaths } from './connecting-paths.js'
export * from './routes.js'
export * from './tables.js'

export type * from './responses/account.js'
export type * from './responses/account-details.js'
export type * from './responses/account-listing.js'
export type * from './responses/activity.js'
export type * from './responses/attention.js'
export type * from './responses/audit.js'
export type * from './responses/automatic-protections.js'
export type * from './responses/keys.js'
export type * from './responses/licenses.js'
export type * from './responses/limits.js'
export type * from './responses/non-working-days.js'
export type * from './responses/overview.js'
export type * from './responses/plan-list.js'
export type * from './responses/plan-accounts.js'
export type * from './responses/plan-summary.js'
export type * from './responses/policy-cards.js'
export type * from './responses/policy-review.js'
export type * from './responses/policy-trial.js'
export type * from './responses/run-people.js'
export type * from './responses/run-progress.js'
export type * from './responses/saved-filters.js'
export type * from './responses/verification.js'
export { checkpoint } from './responses/checkpoint.js'
export { connectingResponses, type ConnectionData, type ConnectionState } from './responses/connection.js'
export { planShape } from './responses/plan.js'
export { problem } from './responses/problem.js'
export { confirmedShape, type NamedPerson } from './responses/confirmed-person.js'
export { coveredShape, protectionShape, type ListedProtection, type ProtectionList } from './responses/protection.js'
export { refusalShape } from './responses/refusal.js'
export { refused, type Refusal } from './responses/refusal.js'
export type { RunLine, RunList } from './responses/run.js'
export type { RunStatus } from './responses/run-status.js'
export { resultShape } from './responses/step-result.js'
export { vetoShape, type VetoData } from './responses/veto.js'
export { waitingShape } from './responses/waiting-plan.js'
