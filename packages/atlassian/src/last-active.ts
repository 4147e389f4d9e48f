// When a user was last active in a product, from the productAccess entries of a row.

import { isPlaceholder, parseInstant, type Instant, type LastActive } from '@rollcall/core'
import type { UserRow } from './user-rows.js'

/** Products with two names, or merged into another product. */
const otherNames: Readonly<Record<string, string>> = {
  'jira-service-desk': 'jira-servicedesk',
  'jira-core': 'jira-software',
  jira: 'jira-software',
}

/** Normalizes the ARI of a workspace, which Atlassian spells in several ways. */
export function sameAri(ari: string): string {
  const [, product = '', rest = ''] = /^ari:cloud:([^:]+)(::site\/.+)$/i.exec(ari) ?? []
  return rest === '' ? ari : `ari:cloud:${otherNames[product] ?? product}${rest}`
}

/** Reads when a product was last used. Absent means never; null, unreadable or missing data means unknown. */
export function lastActiveOn(ari: string, { productAccess, addedToOrg }: UserRow): LastActive {
  if (productAccess === null || productAccess === undefined)
    return { kind: 'unknown', why: 'Atlassian sent no product access' }
  const entries = productAccess.filter(({ id }) => sameAri(id) === sameAri(ari))
  const added = parseInstant(addedToOrg ?? '')
  if (entries.length === 0)
    return added === undefined || isPlaceholder(added)
      ? { kind: 'unknown', why: 'Atlassian does not say when the account joined' }
      : { kind: 'never', since: added }
  return newestOf(entries)
}

function newestOf(entries: NonNullable<UserRow['productAccess']>): LastActive {
  const instants = entries.map(({ lastActiveTimestamp }) => parseInstant(lastActiveTimestamp ?? ''))
  if (instants.some((at) => at === undefined || isPlaceholder(at)))
    return { kind: 'unknown', why: 'Atlassian sent an unreadable date' }
  const dateOnly = entries.some(({ lastActiveTimestamp }) => lastActiveTimestamp?.length === 10)
  return { kind: 'at', at: Math.max(...instants.map((at) => at ?? 0)), ...(dateOnly ? { dateOnly } : {}) }
}

/** Reads the last activity outside the listed workspaces, such as in a sandbox; undefined when there is none. */
export function lastActiveElsewhere(listed: readonly string[], { productAccess }: UserRow): LastActive | undefined {
  if (productAccess === null || productAccess === undefined)
    return { kind: 'unknown', why: 'Atlassian sent no product access' }
  const known = new Set(listed.map(sameAri))
  const entries = productAccess.filter(({ id }) => !known.has(sameAri(id)))
  return entries.length === 0 ? undefined : newestOf(entries)
}

/** The newest of several uses; `unknown` when one of them is no real date, undefined for none. */
export function newestUse(dates: readonly unknown[]): Instant | 'unknown' | undefined {
  const used = dates.map((date) => (typeof date === 'string' ? parseInstant(date) : undefined))
  if (used.some((at) => at === undefined || isPlaceholder(at))) return 'unknown'
  return used.length === 0 ? undefined : Math.max(...used.map((at) => at ?? 0))
}
