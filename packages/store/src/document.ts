// Documents: the whole value as JSON text in a `doc` column.

import { StoreError } from './errors.js'

/** Writes a value as the text of a `doc` column. */
export const toDocument = (value: object): string => JSON.stringify(value)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new StoreError('corrupt', error)
  }
}

/** Reads what `toDocument` wrote. Throws a `StoreError` for text that is not a JSON object or list. */
export function fromDocument<T extends object>(text: string): T {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null) return value as T
  throw new StoreError('corrupt')
}
