// The statuses of a run.

import { z } from 'zod'

export const runStatus = z.enum(['awaiting-approval', 'quarantined', 'discarded', 'executing', 'finished', 'stopped'])
export type RunStatus = z.output<typeof runStatus>
