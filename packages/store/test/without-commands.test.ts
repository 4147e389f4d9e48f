// Runs of version 0.1.0, whose sentences contain commands.

import { expect, it } from 'vitest'
import type { Run } from '@rollcall/core'
import { withoutCommands } from '../src/without-commands.js'

const stored = { status: 'quarantined', accepted: [] } as unknown as Run
const refusal = (message: string) => ({ code: 'stopped', message, actual: null, limit: null }) as const

it.each([
  [
    'The snapshot is 310 hours old; the limit is 24. Run "rollcall sync", then make a new plan.',
    'The snapshot is 310 hours old; the limit is 24.',
  ],
  [
    'The policy Testers 1.5 is disabled or gone. Enable it with "rollcall policy enable", or run a plan made from its file.',
    'The policy Testers 1.5 is disabled or gone.',
  ],
  [
    'It rose by 47.2 points; 41.0 is usual. Atlassian\'s dates may be wrong: look at the accounts. If they are right, say so with "rollcall usual".',
    "It rose by 47.2 points; 41.0 is usual. Atlassian's dates may be wrong: look at the accounts.",
  ],
  ['The plan is for Acme 2.0 (org-1).', 'The plan is for Acme 2.0 (org-1).'],
])('a refusal loses the sentence with the command: %s', (message, shown) => {
  expect(withoutCommands({ ...stored, refusals: [refusal(message)] }).refusals).toEqual([refusal(shown)])
})

it('a stop reason loses the sentence with the command', () => {
  const stopReason =
    '1 of 4 accounts (25 %) were refused by Atlassian; the run halts at 5 %. Look at them with "rollcall run-status 989a"; run the plan again to go on.'
  expect(withoutCommands({ ...stored, stopReason }).stopReason).toBe(
    '1 of 4 accounts (25 %) were refused by Atlassian; the run halts at 5 %.',
  )
})

it('a run without sentences stays the same', () => {
  expect(withoutCommands(stored)).toEqual(stored)
})
