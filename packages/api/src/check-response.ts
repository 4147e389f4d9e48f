// Compares a response with its schema, for tests: a field that is missing, of another type or unknown is named.

import type { z } from 'zod'

/** Names what is in a JSON value and not in what its schema kept of it. */
function* unknownFields(given: unknown, kept: unknown, path: string): Generator<string> {
  if (typeof given !== 'object' || given === null) return
  const known = new Map(Object.entries(kept ?? {}))
  for (const [key, value] of Object.entries(given)) {
    const place = path === '' ? key : `${path}.${key}`
    if (known.has(key)) yield* unknownFields(value, known.get(key), place)
    else yield `${place}: not in the schema`
  }
}

/** Throws what is wrong with a response, by the name of its operation. */
export function checkResponse(name: string, schema: z.ZodType, value: unknown): void {
  // As it travels: a field that is undefined is absent.
  const json: unknown = JSON.parse(JSON.stringify(value))
  const parsed = schema.safeParse(json)
  const problems = parsed.success
    ? [...unknownFields(json, parsed.data, '')]
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  if (problems.length > 0) throw new Error(`The response of ${name} breaks its schema. ${problems.join('; ')}`)
}
