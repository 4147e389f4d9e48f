// The official files with their known mistakes mended.

import { knownMistakes, type KnownMistake } from './known-mistakes.js'
import { readApis, type Api } from './openapi.js'
import { operationsOf } from './operations.js'

/** Applies mistakes to documents; one that concerns no operation is an error of the list. */
function mend(apis: Api[], mistakes: readonly KnownMistake[]): Api[] {
  for (const { operation: concerned, what, mend: apply } of mistakes) {
    const found = apis.flatMap(operationsOf).filter(({ name }) => concerned.test(name))
    if (found.length === 0) throw new Error(`No operation is concerned by the known mistake "${what}" of ${concerned}.`)
    for (const { operation, api } of found) apply(operation, api)
  }
  return apis
}

/** The official files, mended except for one mistake if need be. */
export const mendedApis = (except?: KnownMistake): Api[] =>
  mend(
    readApis(),
    knownMistakes.filter((one) => one !== except),
  )
