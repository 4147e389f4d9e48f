// The filter of the user tables. It is part of the address, so that a link or the back button shows the same users.
import type { SavedFilter } from '@rollcall/api'
import type { AccountsRequest } from '@rollcall/core'
import type { Query } from '../shell/route'

const filterKeys = ['search', 'status', 'managed', 'product', 'site', 'inGroup', 'inactiveFor', 'sort'] as const
export type FilterKey = (typeof filterKeys)[number]
export type Filter = { readonly [Key in FilterKey]?: string | undefined }

/** Stands for "any" in an address, as leaving the value out does. */
const any = 'any'

/** Reads a filter from an address, without empty values. */
export function filterIn(query: Readonly<Record<string, string>>): Filter {
  return Object.fromEntries(
    filterKeys.flatMap((key) =>
      query[key] === undefined || ['', any].includes(query[key]) ? [] : [[key, query[key]]],
    ),
  ) as Filter
}

/** The product whose last activity the list shows; without site and product, activity anywhere. */
export const placeIn = ({ site, product }: Filter) =>
  site === undefined || product === undefined ? undefined : { site, product }
export type Place = NonNullable<ReturnType<typeof placeIn>>

/** A filter as the query of the account list. A plan for all matching users leaves out `sort`. */
export const asQuery = (filter: Filter): Query => ({ ...filter })

/** A filter as an address. */
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

/** A filter as a saved filter, with its order. */
export const asSaved = (filter: Filter): AccountsRequest => ({
  ...asMatching(filter),
  sort: filter.sort as AccountsRequest['sort'],
})
