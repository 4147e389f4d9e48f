// OCSF 1.9: audit entries as security events. Group changes are Group Management (3006), the others User Management (3007).
// An event without an OCSF activity is "other", with our name.

import type { AuditEntry } from '@rollcall/core'

const identityAndAccess = 3
const groupManagement = 3006
const userManagement = 3007
const other = 99
const groupActivities: Readonly<Record<string, number>> = { 'add-to-group': 3, 'remove-from-group': 4 }
const statuses: Readonly<Record<string, number>> = { applied: 1, failed: 2 }

const groupOf = (details: AuditEntry['fact']['details']): string | undefined => {
  const changes = details?.['changes']
  const [first] = Array.isArray(changes) ? (changes as { groupId?: unknown }[]) : []
  return typeof first?.groupId === 'string' ? first.groupId : undefined
}

/** Translates one entry; `metadata.uid` is its hash, so that an event can be traced back into the chain. */
export function ocsfEvent({ index, fact, hash, personal }: AuditEntry): Readonly<Record<string, unknown>> {
  const { name, email } = personal?.data ?? {}
  const activity = groupActivities[fact.action ?? '']
  const group = activity === undefined ? undefined : groupOf(fact.details)
  const [classUid, activityId] =
    activity === undefined || group === undefined ? [userManagement, other] : [groupManagement, activity]
  return {
    class_uid: classUid,
    category_uid: identityAndAccess,
    activity_id: activityId,
    activity_name: fact.action ?? fact.event,
    type_uid: classUid * 100 + activityId,
    severity_id: 1,
    time: fact.at,
    status_id: statuses[fact.outcome ?? ''] ?? (fact.outcome === undefined ? 0 : other),
    ...(fact.outcome === undefined ? {} : { status: fact.outcome }),
    ...(fact.reason === undefined ? {} : { message: fact.reason }),
    actor: { user: { name: fact.actor } },
    user: {
      uid: fact.action === undefined ? fact.actor : (fact.subject ?? fact.actor),
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof email === 'string' ? { email_addr: email } : {}),
    },
    ...(group === undefined ? {} : { group: { uid: group } }),
    metadata: {
      version: '1.9.0',
      uid: hash,
      sequence: index,
      event_code: fact.event,
      product: { name: 'Rollcall', vendor_name: 'Rollcall' },
    },
    unmapped: { runId: fact.runId, planId: fact.planId, subject: fact.subject, details: fact.details },
  }
}
