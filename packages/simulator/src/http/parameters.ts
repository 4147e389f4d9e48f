// Checks of what is sent: sizes of lists, known words, texts; a breach is refused with Atlassian's error.

import { refuse, texts } from './call.js'
import { badRequest } from './paging.js'

type Given = Readonly<Record<string, unknown>>

/** Reads a list of texts with at most so many entries. */
export function listOf(asked: Given, name: string, most: number): string[] | undefined {
  const list = texts(asked, name)
  if (list !== undefined && (list.length === 0 || list.length > most))
    return refuse(badRequest(`${name} takes 1 to ${most} entries`))
  return list
}

/** Reads a list of words, all of which must be known. */
export function wordsOf(asked: Given, name: string, known: readonly string[]): string[] | undefined {
  const list = listOf(asked, name, known.length)
  const strange = list?.find((word) => !known.includes(word))
  return strange === undefined ? list : refuse(badRequest(`${name} does not know ${strange}`))
}

/** Reads a text that must be there. */
export function textOf(given: Given, name: string): string {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : refuse(badRequest(`${name} is missing`))
}

/** Reads the one sorting rule: ascending, descending or none. */
export function sortOf(asked: Given, field: string): 'asc' | 'desc' | undefined {
  const sort = asked['sortBy']
  if (sort === undefined) return undefined
  const first: unknown = Array.isArray(sort) ? sort[0] : undefined
  if (typeof first !== 'object' || first === null) return refuse(badRequest('sortBy is a list of one rule'))
  const { field: by, direction = 'asc' } = first as Record<string, unknown>
  if (by !== field) return refuse(badRequest(`sortBy knows the field ${field} only`))
  return direction === 'asc' || direction === 'desc' ? direction : refuse(badRequest('direction is asc or desc'))
}
