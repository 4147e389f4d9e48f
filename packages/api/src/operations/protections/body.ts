// The body of a new entry of the protected list, without its subject.

import { z } from 'zod'

export const protectionBody = {
  reason: z.string().min(1),
  until: z.string().optional().describe('A date such as 2027-01-31; it protects through that day'),
  evenIfEmpty: z.boolean().optional().describe('Protects a group or pattern that covers no account now'),
}
