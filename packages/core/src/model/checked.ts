// Reads the input of an operation by its schema.

import type { z } from 'zod'
import { UsageError } from './errors.js'
import { issuesInWords } from './input-bounds.js'

/** Returns the input as its schema reads it. Throws a `UsageError` that names each problem. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new UsageError(issuesInWords(parsed.error.issues))
}
