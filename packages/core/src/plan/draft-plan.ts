// Selects and drafts: from every account in the scope, or from those that a person picked.

import { actions } from '../actions/index.js'
import type { AccountId } from '../model/ids.js'
import { type SparedAccount } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { consider, inScope, select, type Criteria } from './select.js'
import type { Snapshot } from '../model/snapshot.js'
import { accountsOf } from '../sync/snapshot-reader.js'
import type { PlanRequest } from './criteria.js'
import { accountsInScope } from './criteria.js'
import { draft, type Draft } from './draft.js'

/** So many spared accounts of a selection by hand a plan names. */
const sparedRemembered = 1000

async function draftPicked(
  picked: readonly AccountId[],
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft> {
  const missing = new Map<string, number>()
  const sparedAccounts: SparedAccount[] = []
  const spare = (accountId: AccountId, reason: string) =>
    sparedAccounts.length < sparedRemembered && sparedAccounts.push({ accountId, reason })
  const miss = (id: AccountId, why: string) => {
    missing.set(why, (missing.get(why) ?? 0) + 1)
    spare(id, why)
  }
  async function* judged() {
    for (const id of new Set(picked)) {
      const account = await ports.store.account(snapshot.id, id)
      if (account === undefined) miss(id, 'not in the snapshot')
      else if (!inScope(account, criteria)) miss(id, 'has no access to the product')
      else {
        const judgement = consider(account, criteria)
        if (!judgement.matched) spare(id, judgement.because)
        yield judgement
      }
    }
  }
  const drafted = await draft(judged(), criteria)
  const holders = actions[criteria.action].removesAccess ? { status: 'active' as const } : {}
  const absent = [...missing.values()].reduce((sum, count) => sum + count, 0)
  return {
    actions: drafted.actions,
    spared: {
      total: drafted.spared.total + absent,
      byReason: { ...drafted.spared.byReason, ...Object.fromEntries(missing) },
    },
    sparedAccounts,
    population: await ports.store.countAccounts({ ...accountsInScope(criteria, snapshot), ...holders }),
  }
}

/** Selects and drafts: for a policy from everybody in its scope, else from those that were picked. */
export function draftOf(
  { picked, limits: { take } }: Pick<PlanRequest, 'picked' | 'limits'>,
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft> {
  if (picked !== undefined) return draftPicked(picked, criteria, snapshot, ports)
  const { action, target } = criteria
  return draft(select(accountsOf(accountsInScope(criteria, snapshot), ports), criteria), { action, target, take })
}
