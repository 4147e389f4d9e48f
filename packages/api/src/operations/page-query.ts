// The query of a page of a list.

import { boundedText, lookupText } from '@rollcall/core'
import { z } from 'zod'

export const pageQuery = {
  search: boundedText('search').optional(),
  after: lookupText('cursor').optional().describe('The "next" of the page before it'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}
