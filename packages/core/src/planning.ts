// Planning: the first four steps on one wish — newest snapshot, select, plan, guard — and nothing is changed.

import { actions } from './actions/index.js'
import type { ActionId } from './actions/ids.js'
import { heads } from './anomaly.js'
import type { Target } from './target.js'
import type { Account } from './account.js'
import { spentBudget } from './budget.js'
import { canonicalJson } from './canonical-json.js'
import { UsageError } from './errors.js'
import { guard, type Circumstances } from './guard.js'
import { brandId, type AccountId, type OrganizationId, type PlanId } from './ids.js'
import { readLimits, resolveLimits, type Limits, type SomeLimits } from './limits.js'
import type { GroupGrant, Snapshot } from './organization.js'
import { draft, fingerprintOf, seal, type Draft, type Plan, type Refusal, type SparedAccount } from './plan.js'
import { leavesOf, policyVersion, type ConditionNode, type Policy, type Scope } from './policy.js'
import type { AccountQuery, Ports } from './ports.js'
import type { Protection } from './protection.js'
import type { Instant } from './time.js'
import { lastReconciled } from './reconcile.js'
import { isStopped } from './stop-switch.js'
import { consider, inScope, select, type Criteria } from './select.js'
import { findGap } from './watermark.js'

/** What somebody wants done: by a policy, or to accounts picked by hand. */
export interface Wish {
  readonly source: 'policy' | 'file' | 'picked'
  readonly policy: Policy | undefined
  readonly action: ActionId
  readonly scope: Scope
  readonly group: string | undefined
  readonly conditions: ConditionNode | undefined
  readonly picked: readonly AccountId[] | undefined
  readonly limits: SomeLimits & { readonly take?: number | undefined }
  readonly scheduled: boolean
  readonly by: string
}

const pageSize = 1000
/** Snapshots that the anomaly gate compares with. */
const history = 7
/** So many spared accounts of a selection by hand a plan names. */
const sparedRemembered = 1000

/** Streams the accounts of a snapshot, a page at a time. */
export async function* accountsOf(
  query: Omit<AccountQuery, 'limit' | 'after' | 'sort'>,
  { store }: Ports,
): AsyncGenerator<Account> {
  let after: string | undefined
  do {
    const page = await store.accounts({ ...query, limit: pageSize, ...(after === undefined ? {} : { after }) })
    yield* page.accounts
    after = page.next
  } while (after !== undefined)
}

/** The newest finished snapshot; without one there is nothing to judge by. */
export async function newestSnapshot({ store }: Ports): Promise<Snapshot> {
  const [snapshot] = await store.snapshots(1)
  if (snapshot === undefined) throw new UsageError('There is no snapshot yet. Run "rollcall sync" first.')
  return snapshot
}

export const protectedDigest = (list: readonly Protection[], { system }: Ports): Promise<string> =>
  system.digest(canonicalJson([...list].toSorted((a, b) => (a.subject < b.subject ? -1 : 1))))

export const limitsDigest = (limits: Limits, { system }: Pick<Ports, 'system'>): Promise<string> =>
  system.digest(canonicalJson(limits))

function targetOf({ scope, group }: Pick<Wish, 'scope' | 'group'>, snapshot: Snapshot): Target {
  const named = group === undefined ? {} : { group }
  if (scope === 'organization') return named
  const seats = snapshot.seats.find((one) => one.site === scope.site && one.product === scope.product)
  if (seats !== undefined && !seats.sandbox)
    return { ...named, site: seats.site, product: seats.product, workspace: seats.ari }
  const known = snapshot.seats.filter(({ sandbox }) => !sandbox).map((one) => `${one.product} on ${one.site}`)
  throw new UsageError(
    seats === undefined
      ? `${snapshot.organization.name} has no ${scope.product} on ${scope.site}; it has ${known.join(', ')}.`
      : `${scope.site} is a sandbox; it mirrors production and holds no paid seats. There is ${known.join(', ')}.`,
  )
}

async function groupsOf(
  { action }: Pick<Wish, 'action'>,
  target: Target,
  snapshot: Snapshot,
  { directory }: Ports,
): Promise<readonly GroupGrant[]> {
  if (action === 'add-to-group' || action === 'remove-from-group') return directory.groupsNamed(target.group ?? '')
  return snapshot.groups.filter(({ grants }) => grants.some((ari) => ari === target.workspace))
}

const groupsIn = (node: ConditionNode): readonly string[] =>
  leavesOf(node).flatMap(({ condition, value }) => (condition === 'in-group' ? [String(value)] : []))

/** Refuses conditions about a group that is not there: everybody is outside it, so that "not in group" would hold for all. */
export async function requireGroups(
  { conditions }: Pick<Wish, 'conditions'>,
  { organization }: Snapshot,
  { directory }: Ports,
): Promise<void> {
  for (const name of new Set(conditions === undefined ? [] : groupsIn(conditions)))
    if ((await directory.groupsNamed(name)).length === 0)
      throw new UsageError(`${organization.name} has no group "${name}". Correct the name in the policy's conditions.`)
}

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
  const { scope, action } = criteria
  const narrowed = scope === 'organization' || action === 'grant-product-access' ? {} : scope
  const holders = actions[action].takes ? { status: 'active' as const } : {}
  const absent = [...missing.values()].reduce((sum, count) => sum + count, 0)
  return {
    actions: drafted.actions,
    spared: {
      total: drafted.spared.total + absent,
      byReason: { ...drafted.spared.byReason, ...Object.fromEntries(missing) },
    },
    sparedAccounts,
    population: await ports.store.countAccounts({ snapshotId: snapshot.id, ...narrowed, ...holders }),
  }
}

/** Selects and drafts: for a policy from everybody in its scope, else from those that were picked. */
export function draftOf(
  { picked, limits: { take } }: Pick<Wish, 'picked' | 'limits'>,
  criteria: Criteria,
  snapshot: Snapshot,
  ports: Ports,
): Promise<Draft> {
  if (picked !== undefined) return draftPicked(picked, criteria, snapshot, ports)
  const { action, target } = criteria
  return draft(select(accountsOf(inQuestion(criteria, snapshot), ports), criteria), { action, target, take })
}

/** The accounts of a snapshot that a plan looks at. */
export const inQuestion = ({ scope, action }: Pick<Criteria, 'scope' | 'action'>, { id }: Snapshot) => ({
  snapshotId: id,
  ...(scope === 'organization' || action === 'grant-product-access' ? {} : scope),
})

/** What the accounts of a snapshot are judged by, for a wish. */
export async function criteriaOf(
  wish: Pick<Wish, 'action' | 'scope' | 'group' | 'conditions'>,
  requesters: readonly AccountId[],
  snapshot: Snapshot,
  now: Instant,
  ports: Ports,
): Promise<Criteria> {
  const { action, scope, conditions } = wish
  const [protections, vetoes] = [await ports.store.protections(), await ports.store.vetoes()]
  const target = targetOf(wish, snapshot)
  const groups = await groupsOf(wish, target, snapshot, ports)
  return { scope, conditions, action, target, groups, protections, vetoes, requesters, now }
}

/** Makes and stores the plan for a wish; with an id of its own choosing where the same wish may be met twice. */
export async function makePlan(
  wish: Wish,
  requesters: readonly AccountId[],
  ports: Ports,
  planId?: PlanId,
): Promise<Plan> {
  const { system } = ports
  const snapshot = await newestSnapshot(ports)
  const own = await readLimits(ports)
  await requireGroups(wish, snapshot, ports)
  const { action, scope, conditions, source, scheduled, by, limits, group } = wish
  const criteria = await criteriaOf(wish, requesters, snapshot, system.now(), ports)
  const drafted = await draftOf(wish, criteria, snapshot, ports)
  const content = {
    ...drafted,
    policy: wish.policy?.name ?? null,
    policyVersion: wish.policy === undefined ? null : await policyVersion(wish.policy, system),
    snapshotId: snapshot.id,
    snapshotAsOf: snapshot.asOf ?? snapshot.startedAt,
    organization: snapshot.organization,
    ...{ scope, action, ...(group === undefined ? {} : { group }) },
    conditions: conditions ?? null,
    populationKind: scope === 'organization' ? ('org-users' as const) : ('product-users' as const),
    limits: resolveLimits(own, limits),
    limitsDigest: await limitsDigest(own, ports),
    protectedDigest: await protectedDigest(criteria.protections, ports),
    undoOf: null,
    madeBy: by,
    ...{ scheduled, source },
  }
  return keep(await seal(content, planId ?? brandId<PlanId>(system.newId()), system.now(), system), by, ports)
}

/** Stores a plan; the audit log hears of it first. */
export async function keep(plan: Plan, by: string, { store, auditLog, system }: Ports): Promise<Plan> {
  await auditLog.append({
    at: system.now(),
    actor: by,
    event: 'planned',
    planId: plan.planId,
    ...(plan.policy === null ? {} : { subject: plan.policy }),
    details: {
      fingerprint: plan.fingerprint,
      actions: plan.actions.length,
      spared: plan.spared.total,
      source: plan.source,
    },
  })
  await store.putPlan(plan)
  return plan
}

/** Collects what guard judges by, from the world as it is now. */
export async function circumstances(
  plan: Plan,
  { organizationId, answering }: Pick<Circumstances, 'organizationId' | 'answering'>,
  approved: string | undefined,
  ports: Ports,
): Promise<Circumstances> {
  const { store, system } = ports
  const [newest, snapshot] = [await store.snapshots(heads), await store.snapshot(plan.snapshotId)]
  const list = await store.protections().catch(() => undefined)
  const limits = await readLimits(ports).catch(() => undefined)
  const now = system.now()
  return {
    now,
    organizationId,
    answering,
    snapshot,
    earlier: newest
      .filter(
        ({ organization, startedAt }) =>
          organization.id === plan.organization.id && startedAt < (snapshot?.startedAt ?? 0),
      )
      .slice(0, history),
    policy: plan.policy === null ? undefined : await store.policy(plan.policy),
    protectedDigest: list === undefined ? undefined : await protectedDigest(list, ports),
    limitsDigest: limits === undefined ? undefined : await limitsDigest(limits, ports),
    spent: await spentBudget(plan, 'approved', ports),
    gap: await findGap(ports),
    reconciledAt: (await lastReconciled(ports))?.at,
    stopped: await isStopped(ports),
    actualFingerprint: await fingerprintOf(plan, system),
    approved,
  }
}

/** Every refusal of a stored plan as things are now. */
export const refusalsOf = async (
  plan: Plan,
  organizationId: OrganizationId,
  ports: Ports,
): Promise<readonly Refusal[]> =>
  guard(plan, await circumstances(plan, { organizationId, answering: undefined }, undefined, ports))
