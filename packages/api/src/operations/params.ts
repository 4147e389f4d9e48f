// The params in paths.

import { z } from 'zod'

export const id = z.object({ id: z.string() })
export const name = z.object({ name: z.string() })
