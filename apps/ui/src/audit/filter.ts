// The filter of the audit log, and what the host is asked for.

import type { Query } from '../shell/route'

const auditKeys = ['subject', 'actor', 'event', 'action', 'policy', 'outcome', 'runId', 'from', 'to'] as const
export type AuditKey = (typeof auditKeys)[number]
export type AuditFilter = { readonly [Key in AuditKey]?: string | undefined }

/** Reads a filter from an address; links name a run, a person or a policy. */
export function auditFilterIn(query: Readonly<Record<string, string>>): AuditFilter {
  return Object.fromEntries(
    auditKeys.flatMap((key) => (query[key] === undefined || query[key] === '' ? [] : [[key, query[key]]])),
  )
}

/** A filter as an address, from which it is read again. */
export const asAddress = (filter: AuditFilter): Query => ({ ...filter })

/** Dates are whole days: the last one counts to its end. */
export const askedFor = ({ to, ...filter }: AuditFilter): AuditFilter => ({
  ...filter,
  ...(to === undefined ? {} : { to: `${to}T23:59:59.999Z` }),
})
