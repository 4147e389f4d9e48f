// The statuses of a run.

import { runStatuses } from '@rollcall/core'
import { z } from 'zod'

export const runStatus = z.enum(runStatuses)
export type RunStatus = z.output<typeof runStatus>
