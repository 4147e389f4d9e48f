// Compares a response with its schema, for tests, and names missing fields, unknown fields and wrong types.

import type { z } from 'zod'

/** Lists the fields of a JSON value that its schema does not have. */
function* unknownFields(given: unknown, kept: unknown, path: string): Generator<string> {
  if (typeof given !== 'object' || given === null) return
  const known = new Map(Object.entries(kept ?? {}))
  for (const [key, value] of Object.entries(given)) {
    const place = path === '' ? key : `${path}.${key}`
    if (known.has(key)) yield* unknownFields(value, known.get(key), place)
    else yield `${place}: not in the schema`
  }
}

/** Throws the problems of a response, with the name of its operation. */
export function checkResponse(name: string, schema: z.ZodType, value: unknown): void {
  // As JSON, because it drops undefined fields.
  const json: unknown = JSON.parse(JSON.stringify(value))
  const parsed = schema.safeParse(json)
  const problems = parsed.success
    ? [...unknownFields(json, parsed.data, '')]
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  if (problems.length > 0) throw new Error(`The response of ${name} breaks its schema. ${problems.join('; ')}`)
}
