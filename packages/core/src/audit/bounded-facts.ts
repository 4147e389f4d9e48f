// Bounded facts: every text of a fact has its bound before it enters the chain, which keeps it for good. Inputs are refused
// where they arrive; this also covers what others wrote, such as an error message of Atlassian.

import type { AuditFact } from '../model/audit-entry.js'
import { inputBounds, withoutControlCharacters, type TextKind } from '../model/input-bounds.js'
import type { AuditLog } from '../ports.js'

const cut = ' …'

/** A text on one line and within the bound of its kind. */
function bounded(text: string, kind: TextKind): string {
  const most = inputBounds.text[kind]
  const plain = withoutControlCharacters(text.length > most ? text.slice(0, most - cut.length) + cut : text)
  // Half of a character that was cut in two.
  return plain.replaceAll(/\p{Cs}/gu, '\uFFFD')
}

/** The value with each of its texts within the bound of a reason. */
function boundedValue(value: unknown): unknown {
  if (typeof value === 'string') return bounded(value, 'reason')
  if (Array.isArray(value)) return value.map(boundedValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [bounded(key, 'name'), boundedValue(one)]))
}

function boundedFact(fact: AuditFact): AuditFact {
  const { actor, subject, reason, details } = fact
  return {
    ...fact,
    actor: bounded(actor, 'email'),
    ...(subject === undefined ? {} : { subject: bounded(subject, 'reason') }),
    ...(reason === undefined ? {} : { reason: bounded(reason, 'reason') }),
    ...(details === undefined ? {} : { details: boundedValue(details) as NonNullable<AuditFact['details']> }),
  }
}

/** Wraps an audit log so that no text of any length or form enters its chain. */
export const withBoundedFacts = (auditLog: AuditLog): AuditLog => ({
  ...auditLog,
  append: (fact, personal, lease) => auditLog.append(boundedFact(fact), personal, lease),
})
