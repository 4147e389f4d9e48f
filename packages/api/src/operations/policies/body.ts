// A policy as the body of a request.

import { z } from 'zod'

export const policyBody = z.looseObject({}).describe('A policy, as in a policy file')
