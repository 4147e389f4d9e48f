// Pages by offset, as in Jira.

import { type Call, refuse } from '../http/call.js'
import { jiraError } from '../http/responses.js'

/** Reads a whole number from the query. Like Jira, it lowers a number above the maximum. */
export function numberOf({ query }: Call, name: string, standard: number, most: number): number {
  const text = query.get(name)
  if (text === null || text === '') return standard
  if (!/^-?\d{1,10}$/.test(text)) return refuse(jiraError(400, `${name} is not a number.`))
  return Number(text) < 0 ? refuse(jiraError(400, `${name} must not be negative.`)) : Math.min(most, Number(text))
}

/** A page by offset, with Jira's envelope. */
export function offsetPage<T>(call: Call, self: string, items: readonly T[], standard: number, most: number) {
  const [startAt, maxResults] = [numberOf(call, 'startAt', 0, 1e10), numberOf(call, 'maxResults', standard, most)]
  const values = items.slice(startAt, startAt + maxResults)
  const end = startAt + values.length
  const isLast = end >= items.length || maxResults === 0
  const next = `${self}?startAt=${end}&maxResults=${maxResults}`
  return { self, maxResults, startAt, total: items.length, isLast, values, ...(isLast ? {} : { nextPage: next }) }
}
