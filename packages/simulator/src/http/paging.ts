// Pages of the admin API: limits are checked, links are bare cursors.

import { queryRecord, refuse, type Call } from './call.js'
import { readCursor, scan, writeCursor, type Cursor } from './cursor.js'
import { applicationError } from './responses.js'

export interface PageSizes {
  readonly standard: number
  readonly most: number
}
export interface PageRequest {
  readonly cursor: Cursor
  /** The parameters of the first page. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly limit: number
}

export const badRequest = (detail: string) => applicationError(400, 'ADMIN-400-24', 'Invalid request body', detail)

/** Reads a limit; refuses anything but a whole number from 1 to the maximum. */
export function readLimit(value: unknown, { standard, most }: PageSizes): number {
  const given = value ?? standard
  const limit = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= most) return limit
  return refuse(badRequest(`limit must be a whole number between 1 and ${most}`))
}

/** Reads the request for a page. A cursor replaces all other parameters. */
export function readPageRequest(call: Call, list: string, limits: PageSizes): PageRequest {
  const given = call.method === 'GET' ? queryRecord(call.query) : call.body
  const token = given['cursor']
  const { cursor: _, ...rest } = given
  const first = { list, offset: 0, parameters: rest }
  const cursor = token === undefined || token === null ? first : readCursor(String(token), list, call.clock.now())
  if (cursor === undefined) return refuse(applicationError(400, 'ADMIN-400-1', 'Invalid page cursor'))
  return { cursor, parameters: cursor.parameters, limit: readLimit(cursor.parameters['limit'], limits) }
}

/** Cuts a page out of items; `next` is the cursor of the following page. */
export function pageOf<T, U>(call: Call, page: PageRequest, items: readonly T[], pick: (item: T) => U | undefined) {
  const { cursor, limit, parameters } = page
  const size = call.short === true ? Math.ceil(limit / 2) : limit
  const found = scan(items, cursor.offset, size, pick)
  const { cursorLifetimeMs } = call.behaviour
  const until = cursorLifetimeMs > 0 ? { until: call.clock.now() + cursorLifetimeMs } : {}
  const next =
    found.next === undefined ? undefined : writeCursor({ list: cursor.list, offset: found.next, parameters, ...until })
  const links = { self: writeCursor(cursor), ...(next === undefined ? {} : { next }) }
  return { data: found.page, links, next, start: cursor.offset }
}
