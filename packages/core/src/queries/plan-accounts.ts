// The accounts of a plan, a page at a time: which ones it changes or excludes, and why.

import { idsMatching, namesIn } from './account-names.js'
import type { Account } from '../model/account.js'
import type { Exclusion } from '../model/exclusion.js'
import { brandId, type AccountId, type SnapshotId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { consider, inScope } from '../plan/select.js'
import { exclusionText, fitsReason } from '../policy/exclusion-texts.js'
import { formatInstant } from '../model/time.js'
import { criteriaOf, accountsInScope, type Criteria } from '../plan/criteria.js'

export interface PlanAccountsQuery {
  readonly part: 'changed' | 'excluded'
  readonly search?: string
  /** Excluded accounts with this reason only: its code, or its words. */
  readonly reason?: string
  readonly after?: string
  readonly limit: number
}

/** How many accounts a page of excluded accounts examines; the next page continues from there. */
const scanLimit = 5000

async function snapshotsFor(plan: Plan, { store }: Ports): Promise<readonly SnapshotId[]> {
  const newest = await store.snapshotHeads(1)
  return [plan.snapshotId, ...newest.map(({ id }) => id).filter((id) => id !== plan.snapshotId)]
}

/** Cuts one page out of rows, after a search by name, email or id. */
async function pageOf<Found extends { readonly accountId: AccountId }>(
  rows: readonly Found[],
  { search, after, limit }: PlanAccountsQuery,
  snapshots: readonly SnapshotId[],
  ports: Ports,
) {
  const ids = await idsMatching(search, snapshots[0], ports)
  const matching = ids === undefined ? rows : rows.filter(({ accountId }) => ids.has(accountId))
  const start = after === undefined ? 0 : Math.max(0, Number(after) || 0)
  const shown = matching.slice(start, start + limit)
  const next = start + limit < matching.length ? String(start + limit) : null
  return {
    shown,
    next,
    names: await namesIn(
      shown.map(({ accountId }) => accountId),
      snapshots,
      ports,
    ),
  }
}
const unnamed = { name: '', email: '' }

async function changedPage(plan: Plan, query: PlanAccountsQuery, ports: Ports) {
  const { shown, next, names } = await pageOf(plan.actions, query, await snapshotsFor(plan, ports), ports)
  const people = shown.map(({ accountId, reason, action, undo, lastActive }) => ({
    accountId,
    ...(names.get(accountId) ?? unnamed),
    reason,
    code: null,
    action,
    undo,
    lastActive: lastActive === null ? null : formatInstant(lastActive),
  }))
  return { people, next, listed: true }
}

const excludedPerson = (
  accountId: AccountId,
  { name, email }: Pick<Account, 'name' | 'email'>,
  exclusion: Exclusion,
) => ({
  accountId,
  name,
  email,
  reason: exclusionText(exclusion),
  code: exclusion.code,
  action: null,
  undo: null,
  lastActive: null,
})

/** The plan's criteria, with the current protected list and exemptions. Undefined unless a policy selected the accounts. */
async function criteriaFor(plan: Plan, requesters: readonly AccountId[], ports: Ports): Promise<Criteria | undefined> {
  const [first] = plan.actions
  const action = plan.action ?? first?.action
  const snapshot = await ports.store.snapshot(plan.snapshotId)
  const chose = plan.source === 'policy' || plan.source === 'file'
  if (!chose || plan.conditions === null || action === undefined || snapshot === undefined) return undefined
  const group = plan.group ?? first?.target.group
  const groupIds = plan.groupIds === undefined ? {} : { groupIds: plan.groupIds }
  const request = { action, scope: plan.scope, group, conditions: plan.conditions, ...groupIds }
  return criteriaOf(request, [...requesters, brandId<AccountId>(plan.madeBy)], snapshot, plan.createdAt, ports)
}

/** Judges the accounts of the plan's snapshot again, from the end of the last page on. */
async function judgedPage(
  plan: Plan,
  { search, reason, after, limit }: PlanAccountsQuery,
  criteria: Criteria,
  ports: Ports,
) {
  const snapshot = await ports.store.snapshotHead(plan.snapshotId)
  if (snapshot === undefined) return { people: [], next: null, listed: false }
  const planned = new Set(plan.actions.map(({ accountId }) => accountId))
  const decided = new Map(
    [...(plan.excludedWhenAsked ?? []), ...(plan.leftOut ?? [])].map((one) => [one.accountId, one.reason]),
  )
  // Version 0.1.0 stored no `take`, but its plans change exactly as many accounts.
  const beyond: Exclusion = { code: 'beyond-take', take: plan.take ?? plan.actions.length }
  const narrowed = { ...accountsInScope(criteria, snapshot), ...(search === undefined ? {} : { search }), limit }
  const people: ReturnType<typeof excludedPerson>[] = []
  let next = after
  for (let examined = 0; examined < scanLimit && people.length < limit; examined += limit) {
    const page = await ports.store.accounts({ ...narrowed, ...(next === undefined ? {} : { after: next }) })
    for (const account of page.accounts) {
      const { accountId } = account
      if (planned.has(accountId) || !inScope(account, criteria)) continue
      const judged = consider(account, criteria)
      const exclusion = decided.get(accountId) ?? (judged.matched ? beyond : judged.because)
      if (reason === undefined || fitsReason(exclusion, reason))
        people.push(excludedPerson(accountId, account, exclusion))
    }
    next = page.next
    if (next === undefined) break
  }
  return { people, next: next ?? null, listed: true }
}

/** Lists one page of a plan's accounts. */
export async function planAccounts(
  plan: Plan,
  query: PlanAccountsQuery,
  requesters: readonly AccountId[],
  ports: Ports,
) {
  if (query.part === 'changed') return changedPage(plan, query, ports)
  const { excludedAccounts, excluded, source } = plan
  // Of a plan for a policy the list must be whole: then it contains what the plan counts, whatever runs have changed since.
  if (excludedAccounts !== undefined && (source === 'picked' || excludedAccounts.length >= excluded.total)) {
    const rows = excludedAccounts.filter(({ reason }) => query.reason === undefined || fitsReason(reason, query.reason))
    const { shown, next, names } = await pageOf(rows, query, await snapshotsFor(plan, ports), ports)
    const people = shown.map(({ accountId, reason }) =>
      excludedPerson(accountId, names.get(accountId) ?? unnamed, reason),
    )
    return { people, next, listed: true }
  }
  const criteria = await criteriaFor(plan, requesters, ports)
  if (criteria === undefined) return { people: [], next: null, listed: false }
  return judgedPage(plan, query, criteria, ports)
}
