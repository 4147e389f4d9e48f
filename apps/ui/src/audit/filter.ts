// The filter of the audit log, as an address and as a query.

import type { Query } from '../shell/route'

const auditKeys = ['subject', 'actor', 'event', 'action', 'policy', 'outcome', 'runId', 'from', 'to'] as const
export type AuditKey = (typeof auditKeys)[number]
export type AuditFilter = { readonly [Key in AuditKey]?: string | undefined }

/** Reads a filter from an address. Links name a run, a user or a policy. */
export function auditFilterIn(query: Readonly<Record<string, string>>): AuditFilter {
  return Object.fromEntries(
    auditKeys.flatMap((key) => (query[key] === undefined || query[key] === '' ? [] : [[key, query[key]]])),
  )
}

/** A filter as an address. */
export const asAddress = (filter: AuditFilter): Query => ({ ...filter })

/** A filter as a query. Dates are whole days, so the last one ends at midnight. */
export const asQuery = ({ to, ...filter }: AuditFilter): AuditFilter => ({
  ...filter,
  ...(to === undefined ? {} : { to: `${to}T23:59:59.999Z` }),
})
