// Pages of the admin API: limits are checked, links are bare cursors.

import { queryRecord, refuse, type Call } from './call.js'
import { readCursor, scan, writeCursor, type Cursor } from './cursor.js'
import { applicationError } from './responses.js'

export interface Limits {
  readonly standard: number
  readonly most: number
}
export interface Asked {
  readonly cursor: Cursor
  /** What the first page was asked for. */
  readonly asked: Readonly<Record<string, unknown>>
  readonly limit: number
}

export const badRequest = (detail: string) => applicationError(400, 'ADMIN-400-24', 'Invalid request body', detail)

/** Reads a limit; refuses what is no whole number between 1 and the most. */
export function limitOf(value: unknown, { standard, most }: Limits): number {
  const given = value ?? standard
  const limit = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= most) return limit
  return refuse(badRequest(`limit must be a whole number between 1 and ${most}`))
}

/** Reads what a page was asked for; with a cursor everything else is discarded. */
export function askedPage(call: Call, list: string, limits: Limits): Asked {
  const given = call.method === 'GET' ? queryRecord(call.query) : call.body
  const token = given['cursor']
  const { cursor: _, ...rest } = given
  const fresh = { list, offset: 0, asked: rest }
  const cursor = token === undefined || token === null ? fresh : readCursor(String(token), list, call.clock.now())
  if (cursor === undefined) return refuse(applicationError(400, 'ADMIN-400-1', 'Invalid page cursor'))
  return { cursor, asked: cursor.asked, limit: limitOf(cursor.asked['limit'], limits) }
}

/** Cuts a page out of items; `next` is the bare cursor of the following one. */
export function pageOf<T, U>(call: Call, page: Asked, items: readonly T[], pick: (item: T) => U | undefined) {
  const { cursor, limit, asked } = page
  const size = call.short === true ? Math.ceil(limit / 2) : limit
  const found = scan(items, cursor.offset, size, pick)
  const { cursorLifetimeMs } = call.behaviour
  const until = cursorLifetimeMs > 0 ? { until: call.clock.now() + cursorLifetimeMs } : {}
  const next =
    found.next === undefined ? undefined : writeCursor({ list: cursor.list, offset: found.next, asked, ...until })
  const links = { self: writeCursor(cursor), ...(next === undefined ? {} : { next }) }
  return { data: found.page, links, next, start: cursor.offset }
}
