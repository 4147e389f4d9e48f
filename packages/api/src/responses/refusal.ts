// A refusal: the reason why the guard blocks a plan.

import { refusalCauses, refusalCodes, remedies, remedyOf, type Refusal as CoreRefusal } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const figure = z.union([z.number(), z.string()]).nullable()

export const refusal = z
  .object({
    code: z.enum(refusalCodes),
    cause: z.enum(refusalCauses).optional().describe('Which of the causes that the code stands for'),
    message: z.string(),
    actual: figure,
    limit: figure,
    remedy: z.enum(remedies).optional(),
  })
  .meta({ id: 'Refusal' })
export type Refusal = ReadOnly<z.output<typeof refusal>>

/** A refusal in a list: without figures. */
export const listedRefusal = refusal.omit({ actual: true, limit: true })

/** The response with status 409. Rollcall changed nothing. */
export const refused = z.object({ refusals: z.array(refusal) }).meta({ id: 'Refused' })

/** A code can have several causes. Scripts compare only the code. */
export const refusalShape = (given: CoreRefusal) => {
  const { code, cause, message, actual, limit } = given
  return { code, ...(cause === undefined ? {} : { cause }), message, actual, limit, remedy: remedyOf(given) }
}
