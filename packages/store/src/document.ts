// Documents: the whole value as JSON text beside its key columns.

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

/** Reads back what `toDocument` wrote; text that is no JSON of an object or a list means a damaged database. */
export function fromDocument<T extends object>(text: string): T {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null) return value as T
  throw new StoreError('corrupt')
}
