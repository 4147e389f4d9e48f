// Size: what the platform hands to a page. A larger answer would be lost without a word of why.

import type { Outcome } from './outcome.js'

/** Below the 5 MiB that the platform is said to hand over, since it wraps what it hands. */
const mostBytes = 4_500_000

/** Says so instead of what is too large to be answered. */
export function inSize<Answer extends object>(answer: Answer): Answer | Outcome {
  const bytes = Buffer.byteLength(JSON.stringify(answer))
  if (bytes <= mostBytes) return answer
  const [whole, most] = [bytes, mostBytes].map((value) => (value / 1e6).toFixed(1))
  const message = `This answer has ${whole} MB, and Jira hands at most ${most} MB to a page. What was asked is done and kept. Ask for a part of it: one page, or a plan of fewer accounts.`
  return { error: { code: 'too-large', message } }
}
