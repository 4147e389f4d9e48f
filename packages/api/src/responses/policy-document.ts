// A policy as a document: what a policy file holds.

import { z } from 'zod'

export const policyDocument = z.record(z.string(), z.unknown())
