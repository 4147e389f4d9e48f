// Asked: one operation, its input checked, acted on for whoever asks.

import { operations, type Operation } from '@rollcall/api'
import { UsageError } from '@rollcall/core'
import type { z } from 'zod'
import { wake } from './lane.js'
import { requireLicense } from './license.js'
import type { Invocation } from './open.js'
import type { Outcome } from './outcome.js'

/** What lets something change at Atlassian; all else stays possible without a license. */
const changing: readonly string[] = ['approve', 'enablePolicy', 'resume']

/** Finds an operation by name. */
export function operationNamed(name: string): Operation {
  if (Object.hasOwn(operations, name)) return operations[name as keyof typeof operations]
  throw new UsageError(`There is no operation "${name}". The page is older or newer than the app: load it again.`)
}

function checked(schema: z.ZodType | undefined, given: unknown, what: string): unknown {
  if (schema === undefined) return {}
  const parsed = schema.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const sentences = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
  throw new UsageError(`${what}: ${sentences.join('; ')}`)
}

/** Checks what was asked; throws a sentence when it cannot be. */
export function check({ params, query, body }: Operation, asked: unknown) {
  const given = (typeof asked === 'object' && asked !== null ? asked : {}) as Record<string, unknown>
  return {
    params: checked(params, given['params'], 'params'),
    query: checked(query, given['query'], 'query'),
    body: checked(body, given['body'], 'body'),
  }
}

/** Acts on what was asked. */
export async function act(name: string, asked: unknown, by: string, { app, share }: Invocation): Promise<Outcome> {
  const operation = operationNamed(name)
  if (changing.includes(name)) requireLicense()
  const checkResponses = process.env['ROLLCALL_CHECK_RESPONSES'] === '1'
  const caller = { app, by, wake, now: () => Date.now(), slice: share, checkResponses }
  return operation.act(check(operation, asked), caller)
}
