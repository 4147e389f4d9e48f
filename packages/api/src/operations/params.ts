// The params in paths.

import { lookupText } from '@rollcall/core'
import { z } from 'zod'

export const id = z.object({ id: lookupText('id') })
export const name = z.object({ name: lookupText('name') })
