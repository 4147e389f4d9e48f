// Reads a row of the list of managed accounts: the last activity in all of Atlassian.
// @see https://developer.atlassian.com/cloud/admin/organization/rest/api-group-users/

import { brandId, isPlaceholder, parseInstant, type ActivityInAtlassian, type LastActive } from '@rollcall/core'
import type { z } from 'zod'
import type { managedAccountsResponse } from './schemas.js'

type Row = z.output<typeof managedAccountsResponse>['data'][number]

const unreadable: LastActive = { kind: 'unknown', why: 'Atlassian sent an unreadable date' }

/** The dates of the products in a row; a product without one adds none. Undefined where they are unreadable. */
function productDates(products: unknown): readonly unknown[] | undefined {
  if (products === undefined || products === null) return []
  if (!Array.isArray(products)) return undefined
  return products.flatMap((one: unknown) => {
    const date = typeof one === 'object' && one !== null && 'last_active' in one ? one.last_active : undefined
    return date === undefined || date === null ? [] : [date]
  })
}

/** Reads the newest of all dates of a row. A missing date of the account, or any unreadable one, makes it unknown. */
function lastActiveOf({ last_active: whole, product_access: products }: Row): LastActive {
  if (whole === undefined || whole === null)
    return { kind: 'unknown', why: 'Atlassian lists the account without a date' }
  const others = productDates(products)
  if (others === undefined) return unreadable
  const dates = [whole, ...others]
  const instants = dates.map((date) => (typeof date === 'string' ? parseInstant(date) : undefined))
  if (instants.some((at) => at === undefined || isPlaceholder(at))) return unreadable
  const dateOnly = dates.some((date) => typeof date === 'string' && date.length === 10)
  return { kind: 'at', at: Math.max(...instants.map((at) => at ?? 0)), ...(dateOnly ? { dateOnly } : {}) }
}

/** Reads a row; nothing for a row without an account. */
export const readManagedRow = (row: Row): readonly ActivityInAtlassian[] =>
  typeof row.account_id === 'string' && row.account_id !== ''
    ? [{ accountId: brandId(row.account_id), lastActive: lastActiveOf(row) }]
    : []
