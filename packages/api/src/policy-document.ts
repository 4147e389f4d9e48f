// A policy as a document that came from outside.

import { readPolicy, UsageError, type Policy } from '@rollcall/core'

/** Reads a policy, or throws what is wrong with it and where. */
export function policyOf(document: unknown): Policy {
  const read = readPolicy(document)
  if ('policy' in read) return read.policy
  throw new UsageError(read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}
