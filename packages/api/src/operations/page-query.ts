// The query of a page of a list.

import { z } from 'zod'

export const pageQuery = {
  search: z.string().min(1).optional(),
  after: z.string().optional().describe('The "next" of the page before it'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
