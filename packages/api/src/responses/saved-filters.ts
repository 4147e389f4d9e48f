// Saved filters of the account list.

import { accountsRequest } from '@rollcall/core'
import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const savedFilter = z.object({ name: z.string(), filter: accountsRequest.omit({ limit: true, after: true }) })
export type SavedFilter = ReadOnly<z.output<typeof savedFilter>>

export const savedFilters = z.array(savedFilter).meta({ id: 'SavedFilters' })
