// Documents: the whole value as JSON text beside its key columns.

import { StoreError } from './errors.js'

/** Writes a value as the text of a `doc` column. */
export const toDocument = (value: object): string => JSON.stringify(value)

/** Reads back what `toDocument` wrote; text that is no JSON means a damaged database. */
export function fromDocument<T extends object>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new StoreError('corrupt', error)
  }
}
