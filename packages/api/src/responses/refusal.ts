// A refusal: why guard does not let a plan run.

import { refusalCodes, type Refusal as CoreRefusal } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const figure = z.union([z.number(), z.string()]).nullable()

export const refusal = z
  .object({ code: z.enum(refusalCodes), message: z.string(), actual: figure, limit: figure })
  .meta({ id: 'Refusal' })
export type Refusal = ReadOnly<z.output<typeof refusal>>

/** The response with status 409: nothing was changed. */
export const refused = z.object({ refusals: z.array(refusal) }).meta({ id: 'Refused' })

export const refusalShape = ({ code, message, actual, limit }: CoreRefusal) => ({ code, message, actual, limit })
