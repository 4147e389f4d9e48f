// Checks what has changed since the plan was made: the plan itself, its approval, the limits, the protected list, its
// policy.

import { found, type Check } from '../check.js'

export const planAltered: Check = (plan, { actualFingerprint }) =>
  plan.fingerprint === actualFingerprint
    ? undefined
    : found('The stored plan was altered after it was made.', actualFingerprint, plan.fingerprint)

export const approvalForAnotherPlan: Check = (plan, { approved }) =>
  approved === undefined || approved === plan.fingerprint
    ? undefined
    : found('The approval names the fingerprint of another plan.', approved, plan.fingerprint)

export const limitsChanged: Check = (plan, { limitsDigest }) =>
  limitsDigest === undefined || limitsDigest === plan.limitsDigest
    ? undefined
    : found('The limits of the organization have changed since the plan was made.', limitsDigest, plan.limitsDigest)

export const protectedListChanged: Check = (plan, { protectedDigest }) =>
  protectedDigest === undefined || protectedDigest === plan.protectedDigest
    ? undefined
    : found('The protected list has changed since the plan was made.', protectedDigest, plan.protectedDigest)

export const policyChanged: Check = (plan, { policy }) =>
  plan.source !== 'policy' || policy === undefined || policy.version === plan.policyVersion
    ? undefined
    : found(`The policy ${policy.name} has changed since the plan was made.`, policy.version, plan.policyVersion)
