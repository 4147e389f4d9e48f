// The request for a plan: from a policy, or for accounts picked one by one.

import type { ActionId } from '../model/action-id.js'
import type { AccountId } from '../model/ids.js'
import type { SomeLimits } from '../model/limits.js'
import type { NamedGroup } from '../model/named-group.js'
import type { ConditionNode, Policy, Scope } from '../model/policy.js'

export interface PlanRequest {
  readonly source: 'policy' | 'file' | 'picked'
  readonly policy: Policy | undefined
  readonly action: ActionId
  readonly scope: Scope
  readonly group: string | undefined
  readonly conditions: ConditionNode | undefined
  /** The groups that the request or the protected list names, with their ids. */
  readonly groupIds?: readonly NamedGroup[]
  readonly picked: readonly AccountId[] | undefined
  /** Accounts that the requester leaves out of the plan. */
  readonly leaveOut?: readonly AccountId[]
  readonly limits: SomeLimits & { readonly take?: number | undefined }
  readonly scheduled: boolean
  readonly by: string
}

/** The request for the plan of a policy. */
export const policyRequest = (
  policy: Policy,
  about: Pick<PlanRequest, 'source' | 'scheduled' | 'by' | 'leaveOut'>,
): PlanRequest => ({
  ...about,
  policy,
  action: policy.actions[0],
  scope: policy.scope,
  group: policy.group,
  conditions: policy.conditions,
  picked: undefined,
  limits: policy.limits,
})
