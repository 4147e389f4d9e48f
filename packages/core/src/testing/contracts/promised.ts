// A contract is a list of promises, each with a check that throws when a port breaks it. Any test runner can loop over it.

import { canonicalJson } from '../../model/canonical-json.js'

/** One promise of a port, and the check that throws when the port does not keep it. */
export interface Promised<Port> {
  readonly promise: string
  readonly check: (port: Port) => Promise<void>
}

/** Throws the sentence when the condition is false. */
export function hold(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${sentence}`)
}

/** Throws when two values differ as JSON. */
export function same(actual: unknown, expected: unknown, sentence: string): void {
  const [is, wanted] = [canonicalJson(actual ?? null), canonicalJson(expected ?? null)]
  hold(is === wanted, `${sentence}: expected ${wanted}, got ${is}`)
}

/** Throws when the promise is kept. */
export async function fails(promise: Promise<unknown>, fits: (error: unknown) => boolean, sentence: string) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  hold(error !== undefined && fits(error), `${sentence}: ${error === undefined ? 'nothing was thrown' : String(error)}`)
}
