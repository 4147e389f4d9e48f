// The problem that a request ends with: a code for scripts, a sentence for people.

import { z } from 'zod'

export const problem = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).meta({ id: 'Problem' })
