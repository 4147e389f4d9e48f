// The filter of the user tables: it lives in the address, so that a link or the way back shows the same people.
import type { SavedFilter } from '@rollcall/api'
import type { AccountsRequest } from '@rollcall/core'
import type { Query } from '../shell/route'

const filterKeys = ['search', 'status', 'managed', 'product', 'site', 'inGroup', 'inactiveFor', 'sort'] as const
export type FilterKey = (typeof filterKeys)[number]
export type Filter = { readonly [Key in FilterKey]?: string | undefined }

/** What stands in an address for "whatever it is", where leaving it out means something else. */
const any = 'any'

/** Reads a filter from an address; empty values are none. */
export function filterIn(query: Readonly<Record<string, string>>): Filter {
  return Object.fromEntries(
    filterKeys.flatMap((key) =>
      query[key] === undefined || ['', any].includes(query[key]) ? [] : [[key, query[key]]],
    ),
  ) as Filter
}

/** The product whose use the list goes by; without a site and a product it is use of anything. */
export const placeIn = ({ site, product }: Filter) =>
  site === undefined || product === undefined ? undefined : { site, product }
export type Place = NonNullable<ReturnType<typeof placeIn>>

/** A filter as the account list is asked for; `sort` stays out where allMatching is meant. */
export const asQuery = (filter: Filter): Query => ({ ...filter })

/** A filter as an address, from which it is read again. */
export const asAddress = (filter: Filter): Query => ({ ...filter, managed: filter.managed ?? any })

/** A filter in the form of a plan request for all matching users. */
export function asMatching({ sort: _sort, managed, ...rest }: Filter): AccountsRequest {
  return { ...rest, ...(managed === undefined ? {} : { managed: managed === 'true' }) } as AccountsRequest
}

/** A saved filter as the filter of a table. */
export const filterOf = ({ managed, ...rest }: SavedFilter['filter']): Filter => ({
  ...rest,
  managed: managed === undefined ? undefined : String(managed),
})

/** A filter as it is saved, with its order. */
export const asSaved = (filter: Filter): AccountsRequest => ({
  ...asMatching(filter),
  sort: filter.sort as AccountsRequest['sort'],
})
