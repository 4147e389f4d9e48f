// Runs one operation for a requester, after it has checked the input.

import { operations, type Operation } from '@rollcall/api'
import { issuesInWords, UsageError } from '@rollcall/core'
import type { z } from 'zod'
import { wake } from './work-chain.js'
import { requireLicense } from './license.js'
import type { Invocation } from './open.js'
import type { Outcome } from './outcome.js'

/** Finds an operation by name. */
export function operationNamed(name: string): Operation {
  if (Object.hasOwn(operations, name)) return operations[name as keyof typeof operations]
  throw new UsageError(`Unknown operation "${name}". The page and the app have different versions. Reload the page.`)
}

function checked(schema: z.ZodType | undefined, given: unknown, what: string): unknown {
  if (schema === undefined) return {}
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  throw new UsageError(`${what}: ${issuesInWords(parsed.error.issues)}`)
}

/** Checks the input of an operation. Throws a `UsageError` for an invalid one. */
export function check({ params, query, body }: Operation, input: unknown) {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  return {
    params: checked(params, given['params'], 'params'),
    query: checked(query, given['query'], 'query'),
    body: checked(body, given['body'], 'body'),
  }
}

/** Runs an operation. */
export async function runOperation(
  name: string,
  input: unknown,
  by: string,
  { app, slice }: Invocation,
): Promise<Outcome> {
  const operation = operationNamed(name)
  if (operation.needsLicense === true) requireLicense()
  const checkResponses = process.env['ROLLCALL_CHECK_RESPONSES'] === '1'
  const caller = { app, by, wake, now: () => Date.now(), slice, checkResponses }
  return operation.act(check(operation, input), caller)
}
