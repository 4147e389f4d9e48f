// A policy document: the content of a policy file.

import { z } from 'zod'

export const policyDocument = z.record(z.string(), z.unknown())
