// The size of a response to the page. The platform drops a larger one without an error.

import type { Outcome } from './outcome.js'

/** Bytes; below the documented 5 MiB, since the platform wraps a response. */
const mostBytes = 4_500_000

/** Returns the response, or an error in place of one that is too large. */
export function inSize<Body extends object>(response: Body): Body | Outcome {
  const bytes = Buffer.byteLength(JSON.stringify(response))
  if (bytes <= mostBytes) return response
  const [whole, most] = [bytes, mostBytes].map((value) => (value / 1e6).toFixed(1))
  const message = `This response has ${whole} MB, and Jira passes at most ${most} MB to a page. The operation itself is done. Request less: one page, or a plan with fewer accounts.`
  return { error: { code: 'too-large', message } }
}
