// Selects and drafts: from all accounts in the scope, or from those that a person picked.

import { placeIn } from '../actions/action.js'
import { actions } from '../actions/index.js'
import { statusOf, type Account } from '../model/account.js'
import { mayHaveAccess } from '../model/paid-seat.js'
import { populationOf } from '../actions/population.js'
import type { AccountId } from '../model/ids.js'
import type { Exclusion } from '../model/exclusion.js'
import type { ExcludedAccount } from '../model/plan.js'
import { isPerson } from '../model/person.js'
import type { Ports } from '../ports.js'
import { consider, inScope, select, type Judgement } from './select.js'
import type { Snapshot } from '../model/snapshot.js'
import { accountsOf } from '../sync/snapshot-reader.js'
import type { PlanRequest } from './plan-request.js'
import { accountsInScope, type Criteria } from './criteria.js'
import { draft, maxExcludedAccounts, type Draft } from './draft.js'
import { withoutThose } from './leave-out.js'
import { excludedCounter } from './excluded-counter.js'
import { excludesNobody, watchExclusions, type ExclusionWatch } from './excludes-nobody.js'

/** Why a picked account does not belong to the population of a product. */
function outOfScope(account: Account, { target, scope }: Criteria): Exclusion {
  const place = scope === 'organization' ? placeIn(target) : scope
  const status = statusOf(account)
  if (account.products.some(({ site, product }) => site === place.site && product === place.product)) {
    if (status === 'suspended' || status === 'deactivated') return { code: 'holds-no-seat', status }
    return { code: 'no-product-access', ...place }
  }
  return mayHaveAccess(account, place) ? { code: 'no-granting-group' } : { code: 'no-product-access', ...place }
}

/** Counts the people that a query finds. Only a snapshot that also has apps needs to be read for it. */
async function countPeople(query: Parameters<typeof accountsOf>[0], snapshot: Snapshot, ports: Ports): Promise<number> {
  if (snapshot.people === snapshot.accounts) return ports.store.countAccounts(query)
  let people = 0
  for await (const account of accountsOf(query, ports)) if (isPerson(account)) people += 1
  return people
}

const asLeftOut = (leftOut: readonly ExcludedAccount[]) => (leftOut.length === 0 ? {} : { leftOut })

/** How many picked accounts to read at once. */
const atOnce = 500

/** Reads the picked accounts in their order; undefined for one that the snapshot lacks. */
async function* accountsPicked(picked: readonly AccountId[], { id: snapshotId }: Snapshot, { store }: Ports) {
  for (let start = 0; start < picked.length; start += atOnce) {
    const ids = picked.slice(start, start + atOnce)
    const found = new Map((await store.someAccounts(snapshotId, ids)).map((account) => [account.accountId, account]))
    for (const id of ids) yield [id, found.get(id)] as const
  }
}

async function draftPicked(
  picked: readonly AccountId[],
  request: Pick<PlanRequest, 'leaveOut' | 'by'>,
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft> {
  const excluded = excludedCounter()
  const excludedAccounts: ExcludedAccount[] = []
  const name = (accountId: AccountId, reason: Exclusion) =>
    excludedAccounts.length < maxExcludedAccounts && excludedAccounts.push({ accountId, reason })
  const miss = (accountId: AccountId, reason: Exclusion) => {
    excluded.add(reason)
    name(accountId, reason)
  }
  async function* judged() {
    for await (const [id, account] of accountsPicked([...new Set(picked)], snapshot, ports)) {
      if (account === undefined) miss(id, { code: 'not-in-snapshot' })
      else if (!inScope(account, criteria)) miss(id, outOfScope(account, criteria))
      else yield consider(account, criteria)
    }
  }
  const leftOut: ExcludedAccount[] = []
  async function* named() {
    for await (const judgement of withoutThose(judged(), request, leftOut)) {
      if (!judgement.matched) name(judgement.account.accountId, judgement.because)
      yield judgement
    }
  }
  const drafted = await draft(named(), criteria, excluded)
  const holders = actions[criteria.action].removesAccess ? { status: 'active' as const } : {}
  const population = await countPeople({ ...accountsInScope(criteria, snapshot), ...holders }, snapshot, ports)
  return { actions: drafted.actions, excluded: drafted.excluded, excludedAccounts, population, ...asLeftOut(leftOut) }
}

async function* watched(judgements: AsyncIterable<Judgement>, watch: ExclusionWatch): AsyncGenerator<Judgement> {
  for await (const judgement of judgements) {
    watch.see(judgement.account)
    yield judgement
  }
}

async function draftMatching(
  request: Pick<PlanRequest, 'leaveOut' | 'by'>,
  take: number | undefined,
  watch: ExclusionWatch,
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft> {
  const leftOut: ExcludedAccount[] = []
  const judged = watched(select(accountsOf(accountsInScope(criteria, snapshot), ports), criteria), watch)
  const { named = [], ...drafted } = await draft(withoutThose(judged, request, leftOut), { ...criteria, take })
  // The list of few accounts is stored, because runs change the snapshot. Many are judged again when somebody looks.
  const excludedAccounts = named.length === drafted.excluded.total ? { excludedAccounts: named } : {}
  return { ...drafted, ...excludedAccounts, ...asLeftOut(leftOut) }
}

/** Selects and drafts: from all accounts in the scope, or from the picked ones. */
export async function draftFromFilter(
  request: Pick<PlanRequest, 'picked' | 'limits' | 'leaveOut' | 'by'>,
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft & { readonly excludesNobody?: readonly string[] }> {
  const { picked, limits } = request
  const watch = watchExclusions(criteria)
  const drafted = await (picked === undefined
    ? draftMatching(request, limits.take, watch, criteria, snapshot, ports)
    : draftPicked(picked, request, criteria, snapshot, ports))
  const sawEverybody = picked === undefined && populationOf(criteria) === 'organization'
  const nobody = await excludesNobody(watch, sawEverybody, snapshot, ports)
  return nobody.length === 0 ? drafted : { ...drafted, excludesNobody: nobody }
}
