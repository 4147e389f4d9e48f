// Paging: reads all rows of a listing. A cursor is a token or a whole link; a repeated cursor is an error, and so are
// pages one after another that bring nothing new.

import { createProgress, DirectoryError } from '@rollcall/core'
import type { z } from 'zod'
import type { Http } from './http.js'
import type { ApiRequest } from './request.js'

export interface Page<Row> {
  readonly data: readonly Row[]
  readonly links?: { readonly next?: string | null | undefined } | null | undefined
}

/** The cursor of the next page, undefined after the last one. */
export function nextOf({ links }: Page<unknown>): string | undefined {
  const next = links?.next ?? ''
  const cursor = next.includes('://') ? /[?&]cursor=([^&#]+)/.exec(next)?.[1] : undefined
  return next === '' ? undefined : cursor === undefined ? next : decodeURIComponent(cursor)
}

/** Adds a cursor to the query of a GET. */
export const withCursor = (path: string, cursor: string | undefined): string =>
  cursor === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`

/** What tells a row apart from others: its id, or all of it. */
function keyOf(row: unknown): string {
  const { accountId, id } = row as { readonly accountId?: unknown; readonly id?: unknown }
  const named = accountId ?? id
  return typeof named === 'string' ? named : JSON.stringify(row)
}

/** Reads all pages. `ask` makes the request for a cursor. Throws a `DirectoryError` when Atlassian repeats a page. */
export async function readAll<Row>(
  http: Http,
  schema: z.ZodType<Page<Row>>,
  ask: (cursor: string | undefined) => ApiRequest,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  const seen = new Set<string>()
  const isStuck = createProgress()
  for (let cursor: string | undefined; ;) {
    const request = ask(cursor)
    const page = await http.read(schema, request)
    rows.push(...page.data)
    cursor = nextOf(page)
    if (cursor === undefined) return rows
    const where = request.path.split('?')[0]
    if (seen.has(cursor))
      throw new DirectoryError(
        'unexpected-response',
        `Atlassian repeated a page of ${where}. Nothing was changed; try again.`,
      )
    if (isStuck(page.data.map(keyOf)))
      throw new DirectoryError(
        'unexpected-response',
        `Atlassian sent page after page of ${where} without anything new. Nothing was changed; try again.`,
      )
    seen.add(cursor)
  }
}
