// Reads policy documents from requests.

import { listProblems, readPolicy, UsageError, type Policy } from '@rollcall/core'

/** Reads a policy. Throws its problems with their paths. */
export function policyOf(document: unknown): Policy {
  const read = readPolicy(document)
  if ('policy' in read) return read.policy
  throw new UsageError(listProblems(read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)))
}
