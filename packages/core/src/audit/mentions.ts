// Mentions: finds the name or address of an account in text that people typed.

import type { Account } from '../model/account.js'

export type NamedBy = Pick<Account, 'name' | 'email'>

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)

/** Matches whole addresses only: `joann@acme.example` does not contain `ann@acme.example`. */
const ofAddress = (email: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}._%+-])${literally(email)}(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])`, 'iu')

/** Matches a name of several words anywhere in a text. A single word may be any word, so it has to be the whole text. */
const ofName = (name: string): RegExp =>
  /\s/.test(name)
    ? new RegExp(String.raw`(?<![\p{L}\p{N}])${literally(name)}(?![\p{L}\p{N}])`, 'iu')
    : new RegExp(String.raw`^\s*${literally(name)}\s*$`, 'iu')

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Makes a test: true if a value contains one of the names or addresses at any depth. */
export function mentionsOf(known: readonly NamedBy[]): (value: unknown) => boolean {
  const trimmed = (of: (one: NamedBy) => string) => [...new Set(known.map((one) => of(one).trim()))].filter(Boolean)
  const patterns = [...trimmed(({ email }) => email).map(ofAddress), ...trimmed(({ name }) => name).map(ofName)]
  return (value) => textsIn(value).some((text) => patterns.some((pattern) => pattern.test(text)))
}
