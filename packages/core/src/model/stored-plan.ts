// A plan with the field names of version 0.1.0: the store keeps it and Rollcall computes its fingerprint in this form.

import type { ExcludedCount, Exclusion } from './exclusion.js'
import type { AccountId } from './ids.js'
import type { ExcludedAccount, Plan, PlanContent } from './plan.js'

/** Version 0.1.0 counted by sentence; a later version counts by code. */
type StoredCounts =
  | { readonly total: number; readonly byReason: Readonly<Record<string, number>> }
  | { readonly total: number; readonly reasons: readonly ExcludedCount[] }

interface StoredAccount {
  readonly accountId: AccountId
  readonly reason: Exclusion | string
}

interface StoredParts {
  readonly spared: StoredCounts
  readonly sparedAccounts?: readonly StoredAccount[]
}

type Parts = Pick<PlanContent, 'excluded' | 'excludedAccounts'>
/** A plan, or a part of one, as the store keeps it. */
export type Stored<Content extends Parts> = Omit<Content, keyof Parts> & StoredParts

function storedCounts({ total, reasons }: Plan['excluded']): StoredCounts {
  if (reasons.some(({ code }) => code !== 'earlier')) return { total, reasons }
  return { total, byReason: Object.fromEntries(reasons.map(({ text, accounts }) => [text, accounts])) }
}

function countsOf(stored: StoredCounts): Plan['excluded'] {
  if ('reasons' in stored) return stored
  const { total, byReason } = stored
  const reasons = Object.entries(byReason).map(([text, accounts]) => ({ code: 'earlier' as const, text, accounts }))
  return { total, reasons }
}

const storedAccount = ({ accountId, reason }: ExcludedAccount): StoredAccount => ({
  accountId,
  reason: reason.code === 'earlier' ? reason.text : reason,
})

const accountOf = ({ accountId, reason }: StoredAccount): ExcludedAccount => ({
  accountId,
  reason: typeof reason === 'string' ? { code: 'earlier', text: reason } : reason,
})

/** A plan as the store keeps it. */
export function storedPlan<Content extends Parts>({ excluded, excludedAccounts, ...rest }: Content): Stored<Content> {
  const stored = { ...rest, spared: storedCounts(excluded) }
  return excludedAccounts === undefined ? stored : { ...stored, sparedAccounts: excludedAccounts.map(storedAccount) }
}

/** A plan from what the store keeps, of this version or of version 0.1.0. */
export function planFromStored<Content extends StoredParts>({
  spared,
  sparedAccounts,
  ...rest
}: Content): Omit<Content, keyof StoredParts> & Parts {
  const plan = { ...rest, excluded: countsOf(spared) }
  return sparedAccounts === undefined ? plan : { ...plan, excludedAccounts: sparedAccounts.map(accountOf) }
}
