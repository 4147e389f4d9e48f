// Keeps email addresses in sentences that Rollcall writes out of the chain, which nobody can erase: the whole sentence goes
// into the personal part of the entry.

import type { PersonalData } from '../model/personal-data.js'

/** An address, or a pattern of addresses. */
const address = /[^\s"'`<>(),;:]*@[^\s"'`<>(),;:]*[^\s"'`<>(),;:.!?]/gu

/** The sentence without its addresses. */
export const withoutAddresses = (text: string): string => text.replaceAll(address, '(email address)')

/** Splits a fact whose reason contains addresses into what the chain keeps and what can be erased. */
export function chainedReason<Fact extends { readonly reason?: string }>(
  fact: Fact,
  personal?: PersonalData,
): readonly [fact: Fact, personal: PersonalData | undefined] {
  const reason = fact.reason === undefined ? undefined : withoutAddresses(fact.reason)
  if (reason === undefined || reason === fact.reason) return [fact, personal]
  return [
    { ...fact, reason },
    { ...personal, reason: fact.reason },
  ]
}
