// Keeps email addresses in sentences that Rollcall writes out of the chain, which nobody can erase: the whole sentence goes
// into the personal part of the entry.

import { inputBounds } from '../model/input-bounds.js'
import type { PersonalData } from '../model/personal-data.js'

/** An address, or a pattern of addresses. */
const address = /[^\s"'`<>(),;:]*@[^\s"'`<>(),;:]*[^\s"'`<>(),;:.!?]/gu

/** What is searched of a sentence: the chain keeps less, and a search of millions of characters would take hours. */
const searched = 2 * inputBounds.text.reason

/** The beginning of the sentence, as far as the chain may keep it, without its addresses. */
export const withoutAddresses = (text: string): string => text.slice(0, searched).replaceAll(address, '(email address)')

/** Splits a fact whose reason contains addresses into what the chain keeps and what can be erased. */
export function chainedReason<Fact extends { readonly reason?: string }>(
  fact: Fact,
  personal?: PersonalData,
): readonly [fact: Fact, personal: PersonalData | undefined] {
  if (fact.reason === undefined) return [fact, personal]
  const [whole, reason] = [fact.reason.slice(0, searched), withoutAddresses(fact.reason)]
  return [{ ...fact, reason }, reason === whole ? personal : { ...personal, reason: whole }]
}
