// The accounts of a plan, a page at a time: which ones it changes and excludes, and why.

import { idsMatching, namesIn } from './account-names.js'
import type { ActionId } from '../model/action-id.js'
import { brandId, type AccountId, type SnapshotId } from '../model/ids.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { consider, inScope, type Criteria } from '../plan/select.js'
import { formatInstant } from '../model/time.js'
import { criteriaOf, accountsInScope } from '../plan/criteria.js'

export interface PlanPageQuery {
  readonly part: 'touched' | 'spared'
  readonly search?: string
  /** Excluded accounts with this reason only. */
  readonly reason?: string
  readonly after?: string
  readonly limit: number
}

export interface PlanPerson {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  readonly reason: string
  readonly action: ActionId | null
  readonly undo: string | null
  /** The newest known activity; null when there is none. */
  readonly lastActive: string | null
}

export interface PlanPage {
  readonly people: readonly PlanPerson[]
  readonly next: string | null
  /** False where the plan holds only the number of excluded accounts: the undo of a run. */
  readonly listed: boolean
}

/** How many accounts a page of excluded accounts examines; the next page continues from there. */
const lookedAt = 5000
const beyond = /^beyond the \d+ least active/

async function snapshotsFor(plan: Plan, { store }: Ports): Promise<readonly SnapshotId[]> {
  const newest = await store.snapshots(1)
  return [plan.snapshotId, ...newest.map(({ id }) => id).filter((id) => id !== plan.snapshotId)]
}

interface Row {
  readonly accountId: AccountId
  readonly reason: string
}

/** One page of rows in memory, found by name or id. */
async function pageOf<Found extends Row>(
  rows: readonly Found[],
  { search, after, limit }: PlanPageQuery,
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

async function touchedPage(plan: Plan, query: PlanPageQuery, ports: Ports): Promise<PlanPage> {
  const { shown, next, names } = await pageOf(plan.actions, query, await snapshotsFor(plan, ports), ports)
  const people = shown.map(({ accountId, reason, action, undo, lastActive }) => ({
    accountId,
    ...(names.get(accountId) ?? unnamed),
    reason,
    action,
    undo,
    lastActive: lastActive === null ? null : formatInstant(lastActive),
  }))
  return { people, next, listed: true }
}

const plain = { action: null, undo: null, lastActive: null } as const

/** The plan's criteria, with the protected list and exemptions of now. Undefined unless a policy chose the accounts. */
async function criteriaFor(plan: Plan, requesters: readonly AccountId[], ports: Ports): Promise<Criteria | undefined> {
  const [first] = plan.actions
  const action = plan.action ?? first?.action
  const snapshot = await ports.store.snapshot(plan.snapshotId)
  const chose = plan.source === 'policy' || plan.source === 'file'
  if (!chose || plan.conditions === null || action === undefined || snapshot === undefined) return undefined
  const group = plan.group ?? first?.target.group
  const wish = { action, scope: plan.scope, group, conditions: plan.conditions }
  return criteriaOf(wish, [...requesters, brandId<AccountId>(plan.madeBy)], snapshot, plan.createdAt, ports)
}

/** Judges the accounts of the plan's snapshot again, from the end of the last page. */
async function sparedPage(
  plan: Plan,
  { search, reason, after, limit }: PlanPageQuery,
  criteria: Criteria,
  ports: Ports,
): Promise<PlanPage> {
  const snapshot = await ports.store.snapshot(plan.snapshotId)
  if (snapshot === undefined) return { people: [], next: null, listed: false }
  const planned = new Set(plan.actions.map(({ accountId }) => accountId))
  const left = Object.keys(plan.spared.byReason).find((one) => beyond.test(one)) ?? ''
  const narrowed = { ...accountsInScope(criteria, snapshot), ...(search === undefined ? {} : { search }), limit }
  const people: PlanPerson[] = []
  let next = after
  for (let looked = 0; looked < lookedAt && people.length < limit; looked += limit) {
    const page = await ports.store.accounts({ ...narrowed, ...(next === undefined ? {} : { after: next }) })
    for (const account of page.accounts) {
      const { accountId, name, email } = account
      if (planned.has(accountId) || !inScope(account, criteria)) continue
      const judged = consider(account, criteria)
      const because = judged.matched ? left : judged.because
      if (reason === undefined || because === reason) people.push({ accountId, name, email, reason: because, ...plain })
    }
    next = page.next
    if (next === undefined) break
  }
  return { people, next: next ?? null, listed: true }
}

/** Lists one page of a plan's accounts. */
export async function planPage(
  plan: Plan,
  query: PlanPageQuery,
  requesters: readonly AccountId[],
  ports: Ports,
): Promise<PlanPage> {
  if (query.part === 'touched') return touchedPage(plan, query, ports)
  if (plan.sparedAccounts !== undefined) {
    const rows = plan.sparedAccounts.filter(({ reason }) => query.reason === undefined || reason === query.reason)
    const { shown, next, names } = await pageOf(rows, query, await snapshotsFor(plan, ports), ports)
    const people = shown.map((row) => ({ ...row, ...(names.get(row.accountId) ?? unnamed), ...plain }))
    return { people, next, listed: true }
  }
  const criteria = await criteriaFor(plan, requesters, ports)
  if (criteria === undefined) return { people: [], next: null, listed: false }
  return sparedPage(plan, query, criteria, ports)
}
