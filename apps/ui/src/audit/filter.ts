// The filter of the audit log, and what the host is asked for.

export const auditKeys = ['subject', 'actor', 'event', 'action', 'policy', 'outcome', 'runId', 'from', 'to'] as const
export type AuditKey = (typeof auditKeys)[number]
export type AuditFilter = { readonly [Key in AuditKey]?: string | undefined }

/** Links name a run, a person or a policy. */
export function auditFilterIn({ run, subject, policy }: Readonly<Record<string, string>>): AuditFilter {
  return { runId: run, subject, policy }
}

/** Dates are whole days: the last one counts to its end. */
export const askedFor = ({ to, ...filter }: AuditFilter): AuditFilter => ({
  ...filter,
  ...(to === undefined ? {} : { to: `${to}T23:59:59.999Z` }),
})
