// Required fields of stored documents: those whose unreadable value would count as absent, such as the end of a
// protection, the stage of a run, or when a step was sent.

import { fromDocument } from './document.js'
import { StoreError } from './errors.js'

type Test = (value: unknown) => boolean

export const text: Test = (value) => typeof value === 'string'
export const flag: Test = (value) => typeof value === 'boolean'
export const number: Test = (value) => Number.isFinite(value)
export const count: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0
export const list: Test = (value) => Array.isArray(value)
export const texts: Test = (value) => Array.isArray(value) && value.every(text)
/** One of the keys of the record. */
export const oneOf =
  (words: Readonly<Record<string, true>>): Test =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(words, value)
/** Absent, or of the right shape. */
export const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)

/** Makes the reader of a kind of document; `current` gives fields their current names. The reader throws a `StoreError` for an unreadable required field. */
export function readerOf<Kind extends object>(
  tests: { readonly [Name in keyof Kind]?: Test },
  current: (document: object) => object = (document) => document,
) {
  const all = Object.entries<Test | undefined>(tests)
  return (document: string): Kind => {
    const read = current(fromDocument(document)) as Kind
    if (all.every(([name, test]) => test?.(Reflect.get(read, name)) ?? true)) return read
    throw new StoreError('corrupt')
  }
}
