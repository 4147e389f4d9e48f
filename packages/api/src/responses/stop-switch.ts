// The stop switch: while it is on, no run changes anything.

import { z } from 'zod'

export const stopSwitch = z.object({ stopped: z.boolean() }).meta({ id: 'StopSwitch' })
