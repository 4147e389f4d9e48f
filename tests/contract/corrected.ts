// The official files with their known mistakes corrected.

import { knownMistakes, type KnownMistake } from './known-mistakes.js'
import { readApis, type Api } from './openapi.js'
import { operationsOf } from './operations.js'

/** Corrects mistakes in documents. A mistake that affects no operation is an error in the list. */
function correct(apis: Api[], mistakes: readonly KnownMistake[]): Api[] {
  for (const { operation: concerned, what, correct: apply } of mistakes) {
    const found = apis.flatMap(operationsOf).filter(({ name }) => concerned.test(name))
    if (found.length === 0) throw new Error(`The known mistake "${what}" of ${concerned} affects no operation.`)
    for (const { operation, api } of found) apply(operation, api)
  }
  return apis
}

/** The corrected official files, optionally without the correction of one mistake. */
export const correctedApis = (except?: KnownMistake): Api[] =>
  correct(
    readApis(),
    knownMistakes.filter((one) => one !== except),
  )
