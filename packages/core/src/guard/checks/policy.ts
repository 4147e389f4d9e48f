// Checks the plan's policy: whether it is enabled, and whether somebody has previewed this version.

import { found, type Check } from '../check.js'

export const policyDisabled: Check = ({ source, policy: name }, { policy }) =>
  source !== 'policy' || policy?.enabled === true
    ? undefined
    : found(`The policy ${name ?? ''} is disabled or gone.`, policy === undefined ? 'gone' : 'disabled', 'enabled')

export const notPreviewed: Check = (plan, { policy }) => {
  if (!plan.scheduled || policy === undefined) return undefined
  const seen = policy.previewedIn === plan.organization.id && policy.previewedVersion === plan.policyVersion
  if (seen) return undefined
  return found(
    `Nobody has previewed this version of ${policy.name} for ${plan.organization.name} yet.`,
    policy.previewedVersion?.slice(0, 12) || null,
    plan.policyVersion?.slice(0, 12) ?? null,
  )
}
