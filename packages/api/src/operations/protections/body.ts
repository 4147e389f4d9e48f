// The body of a new entry of the protected list, without its subject.

import { boundedText } from '@rollcall/core'
import { z } from 'zod'

export const protectionBody = {
  reason: boundedText('reason'),
  until: boundedText('word').optional().describe('A date such as 2027-01-31; it protects through that day'),
  evenIfEmpty: z.boolean().optional().describe('Protects a group or pattern that covers no account now'),
}
