// The result of erasing a person's name and e-mail address, and the places that still contain them.

import { z } from 'zod'

export const erasedPerson = z
  .object({
    account: z.string(),
    entries: z.number().describe('Audit entries whose personal data is erased'),
    chained: z.number().describe('Audit entries in which somebody typed the name or address: they stay'),
    protections: z.array(z.string()).describe('Entries of the protected list that still hold the name or address'),
    policies: z.array(z.string()),
    filters: z.array(z.string()),
  })
  .meta({ id: 'ErasedPerson' })
