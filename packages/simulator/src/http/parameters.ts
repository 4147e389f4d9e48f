// Reads parameters of a request. Refuses invalid ones with Atlassian's error.

import { refuse, texts } from './call.js'
import { badRequest } from './paging.js'

type Given = Readonly<Record<string, unknown>>

/** Reads a list of at most `most` strings. */
export function readList(parameters: Given, name: string, most: number): string[] | undefined {
  const list = texts(parameters, name)
  if (list !== undefined && (list.length === 0 || list.length > most))
    return refuse(badRequest(`${name} takes 1 to ${most} entries`))
  return list
}

/** Reads a list of strings; refuses an unknown one. */
export function readWords(parameters: Given, name: string, known: readonly string[]): string[] | undefined {
  const list = readList(parameters, name, known.length)
  const unknownWord = list?.find((word) => !known.includes(word))
  return unknownWord === undefined ? list : refuse(badRequest(`${name} does not know ${unknownWord}`))
}

/** Reads a required string. */
export function readText(given: Given, name: string): string {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : refuse(badRequest(`${name} is missing`))
}

/** Reads the one sorting rule: ascending, descending or none. */
export function readSort(parameters: Given, field: string): 'asc' | 'desc' | undefined {
  const sort = parameters['sortBy']
  if (sort === undefined) return undefined
  const first: unknown = Array.isArray(sort) ? sort[0] : undefined
  if (typeof first !== 'object' || first === null) return refuse(badRequest('sortBy is a list of one rule'))
  const { field: by, direction = 'asc' } = first as Record<string, unknown>
  if (by !== field) return refuse(badRequest(`sortBy knows the field ${field} only`))
  return direction === 'asc' || direction === 'desc' ? direction : refuse(badRequest('direction is asc or desc'))
}
