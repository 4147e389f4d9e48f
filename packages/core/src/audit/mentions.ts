// Mentions: where an account's address or name stands in what people typed. Called by forget.

import type { Account } from '../model/account.js'

export type NamedBy = Pick<Account, 'name' | 'email'>

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)

/** An address begins and ends where no other could go on: `ann@acme.example` does not stand in `joann@acme.example`. */
const ofAddress = (email: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}._%+-])${literally(email)}(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])`, 'iu')

/** A name of several words anywhere, between words; one word could be any, and is a name only where it stands alone. */
const ofName = (name: string): RegExp =>
  /\s/.test(name)
    ? new RegExp(String.raw`(?<![\p{L}\p{N}])${literally(name)}(?![\p{L}\p{N}])`, 'iu')
    : new RegExp(String.raw`^\s*${literally(name)}\s*$`, 'iu')

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Makes a test that says whether a value, however deep, holds a name or an address of somebody. */
export function mentionsOf(known: readonly NamedBy[]): (value: unknown) => boolean {
  const trimmed = (of: (one: NamedBy) => string) => [...new Set(known.map((one) => of(one).trim()))].filter(Boolean)
  const patterns = [...trimmed(({ email }) => email).map(ofAddress), ...trimmed(({ name }) => name).map(ofName)]
  return (value) => textsIn(value).some((text) => patterns.some((pattern) => pattern.test(text)))
}
