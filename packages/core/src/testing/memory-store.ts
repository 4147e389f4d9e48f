// The Store port in memory. It stores and returns values as JSON, as a database does.

import type { Account } from '../model/account.js'
import { leaseRuns } from '../run/lease.js'
import { withoutGroups, type Snapshot } from '../model/snapshot.js'
import { headOf, type Plan } from '../model/plan.js'
import type { StoredPolicy } from '../model/policy.js'
import type { Store } from '../ports.js'
import type { Lease } from '../model/lease.js'
import type { Protection } from '../model/protection.js'
import type { Run } from '../model/run.js'
import { hasEnded, type Step } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { Veto } from '../model/veto.js'
import { brandId } from '../model/ids.js'
import { canonicalJson } from '../model/canonical-json.js'
import { kept } from './kept.js'
import { compareText, matchesQuery, pageOf } from './memory-accounts.js'
import { newest, newestPage } from './newest-first.js'
import { openTables, type Tables } from './tables.js'

const isSame = (one: unknown, other: unknown): boolean =>
  one === undefined || other === undefined ? one === other : canonicalJson(one) === canonicalJson(other)

function snapshotMethods({ table }: Tables) {
  const heads = table<string, Snapshot>('heads')
  const people = table<string, Map<string, Account>>('people')
  const sorted = (finished: boolean) =>
    newest(
      [...heads.values()].filter(({ asOf }) => (asOf !== undefined) === finished),
      ({ startedAt }) => startedAt,
      ({ id }) => id,
    )
  return {
    async putSnapshot(snapshot) {
      if (snapshot.asOf !== undefined || heads.get(snapshot.id)?.asOf === undefined)
        heads.set(snapshot.id, kept(snapshot))
    },
    snapshot: async (id) => heads.get(id),
    snapshots: async (limit) => sorted(true).slice(0, limit),
    async snapshotHead(id) {
      const found = heads.get(id)
      return found && withoutGroups(found)
    },
    snapshotHeads: async (limit) => sorted(true).slice(0, limit).map(withoutGroups),
    async putSnapshotHead(head) {
      const found = heads.get(head.id)
      if (found?.asOf === undefined) return
      const { groups, otherGroups } = found
      heads.set(head.id, kept({ ...head, groups, ...(otherGroups === undefined ? {} : { otherGroups }) }))
    },
    snapshotsBefore: async (at) =>
      [...sorted(true), ...sorted(false)]
        .filter(({ startedAt }) => startedAt < at)
        .toSorted((a, b) => a.startedAt - b.startedAt || compareText(a.id, b.id))
        .map(({ id }) => id),
    async dropSnapshots(ids) {
      for (const id of ids) heads.delete(id)
    },
    unfinishedSnapshot: async () => sorted(false)[0],
    async putAccounts(id, accounts) {
      const known = people.get(id) ?? new Map<string, Account>()
      for (const account of accounts) known.set(account.accountId, kept(account))
      people.set(id, known)
    },
    accounts: async (query) =>
      pageOf(
        [...(people.get(query.snapshotId)?.values() ?? [])].filter((one) => matchesQuery(one, query)),
        query,
      ),
    countAccounts: async (query) =>
      [...(people.get(query.snapshotId)?.values() ?? [])].filter((one) => matchesQuery(one, query)).length,
    account: async (id, accountId) => people.get(id)?.get(accountId),
    someAccounts: async (id, accountIds) =>
      [...new Set(accountIds)].flatMap((accountId) => people.get(id)?.get(accountId) ?? []),
    async dropAccountsExcept(ids) {
      for (const id of people.keys()) if (!ids.some((kept) => kept === id)) people.delete(id)
    },
  } satisfies Partial<Store>
}

function policyMethods({ table }: Tables) {
  const policies = table<string, StoredPolicy>('policies')
  return {
    async putPolicy(policy, read) {
      const there = policies.get(policy.name)
      if (!isSame(there, read)) return isSame(there, policy)
      policies.set(policy.name, kept(policy))
      return true
    },
    async setPolicyState(name, { firedAt, ...state }) {
      const found = policies.get(name)
      if (found === undefined) return
      const fired = firedAt === undefined ? {} : { firedAt: Math.max(firedAt, found.firedAt ?? firedAt) }
      policies.set(name, kept({ ...found, ...state, ...fired }))
    },
    policies: async () => [...policies.values()].toSorted((a, b) => compareText(a.name, b.name)),
    policy: async (name) => policies.get(name),
    deletePolicy: async (name) => void policies.delete(name),
  } satisfies Partial<Store>
}

function runMethods({ table }: Tables) {
  const plans = table<string, Plan>('plans')
  const runs = table<string, Run>('runs')
  const steps = table<string, Step>('steps')
  const ofPlan = (id: string) => [...runs.values()].find(({ planId }) => planId === id)
  return {
    putPlan: async (plan) => void (plans.has(plan.planId) || plans.set(plan.planId, kept(plan))),
    plan: async (id) => plans.get(id),
    plans: async (limit) =>
      newest(
        plans.values(),
        ({ createdAt }) => createdAt,
        ({ planId }) => planId,
      ).slice(0, limit),
    async planHead(id) {
      const plan = plans.get(id)
      return plan && headOf(plan)
    },
    async listPlans(page) {
      const { rows, ...rest } = newestPage([...plans.values()], page, (plan) => [plan.createdAt, plan.planId])
      return { plans: rows.map(headOf), ...rest }
    },
    async plansBefore(at, limit, after = { createdAt: -Infinity, planId: brandId('') }) {
      const ordered = (a: Pick<Plan, 'createdAt' | 'planId'>, b: Pick<Plan, 'createdAt' | 'planId'>) =>
        a.createdAt - b.createdAt || compareText(a.planId, b.planId)
      const old = [...plans.values()].filter((plan) => plan.createdAt < at && ordered(plan, after) > 0)
      return old.toSorted(ordered).slice(0, limit).map(headOf)
    },
    async dropPlan(id) {
      const run = ofPlan(id)
      if (run !== undefined) {
        for (const [key, step] of steps) if (step.runId === run.runId) steps.delete(key)
        runs.delete(run.runId)
      }
      plans.delete(id)
    },
    async insertRun(run) {
      if (runs.has(run.runId) || ofPlan(run.planId) !== undefined) return false
      runs.set(run.runId, kept(run))
      return true
    },
    async updateRun(run) {
      if (runs.get(run.runId)?.revision !== run.revision) return false
      runs.set(run.runId, kept({ ...run, revision: run.revision + 1 }))
      return true
    },
    run: async (id) => runs.get(id),
    runOfPlan: async (id) => ofPlan(id),
    runs: async (limit) =>
      newest(
        runs.values(),
        ({ startedAt }) => startedAt,
        ({ runId }) => runId,
      ).slice(0, limit),
    async listRuns({ policy, statuses, ...page }) {
      const fits = (run: Run) =>
        (policy === undefined || run.policy === policy) && (statuses?.includes(run.status) ?? true)
      const { rows, ...rest } = newestPage([...runs.values()].filter(fits), page, (run) => [run.startedAt, run.runId])
      return { runs: rows, ...rest }
    },
    runsWith: async (status) =>
      newest(
        [...runs.values()].filter((run) => run.status === status),
        ({ startedAt }) => startedAt,
        ({ runId }) => runId,
      ).toReversed(),
  } satisfies Partial<Store>
}

/** Writes steps only while the lease has the given token. */
function stepMethods({ table }: Tables, holds: (lease: Pick<Lease, 'token'>) => boolean) {
  const steps = table<string, Step>('steps')
  const intended = () =>
    newest(
      [...steps.values()].filter(({ intentAt }) => intentAt !== undefined),
      ({ intentAt = 0 }) => intentAt,
      ({ runId }) => runId,
    )
  return {
    async putStep(step, lease) {
      if (!holds(lease)) return false
      const key = `${step.runId} ${step.position}`
      const stored = steps.get(key)
      if (stored === undefined || !hasEnded(stored)) steps.set(key, kept(step))
      return true
    },
    steps: async (runId) =>
      [...steps.values()].filter((step) => step.runId === runId).toSorted((a, b) => a.position - b.position),
    stepsOf: async (accountId) => intended().filter((step) => step.accountId === accountId),
    stepsOfSome: async (accountIds) => intended().filter((step) => accountIds.includes(step.accountId)),
    stepsSince: async (at) => intended().filter(({ intentAt = 0 }) => intentAt >= at),
    intentsSince: async (at) => [...steps.values()].filter(({ intentAt }) => (intentAt ?? -Infinity) >= at).length,
  } satisfies Partial<Store>
}

function protectionMethods({ table }: Tables) {
  const protections = table<string, Protection>('protections')
  const vetoes = table<string, Veto>('vetoes')
  return {
    protections: async () => [...protections.values()].toSorted((a, b) => compareText(a.subject, b.subject)),
    async putProtection(protection, read) {
      const there = protections.get(protection.subject)
      if (!isSame(there, read)) return isSame(there, protection)
      protections.set(protection.subject, kept(protection))
      return true
    },
    deleteProtection: async (read) => isSame(protections.get(read.subject), read) && protections.delete(read.subject),
    vetoes: async () => [...vetoes.values()].toSorted((a, b) => compareText(a.accountId, b.accountId)),
    veto: async (accountId) => vetoes.get(accountId),
    vetoesOfRun: async (runId) => [...vetoes.values()].filter((veto) => veto.runId === runId),
    putVeto: async (veto) => void vetoes.set(veto.accountId, kept(veto)),
  } satisfies Partial<Store>
}

function leaseMethods({ table }: Tables) {
  const leases = table<'only', Lease>('lease')
  const current = (): Lease => leases.get('only') ?? { token: 0, owner: '', until: 0 }
  return {
    async claimLease(owner: string, now: Instant, until: Instant) {
      const held = current()
      if (held.owner !== '' && held.owner !== owner && leaseRuns(held, now)) return undefined
      const claimed = { token: held.owner === owner ? held.token : held.token + 1, owner, until }
      leases.set('only', claimed)
      return claimed
    },
    lease: async () => (current().owner === '' ? undefined : current()),
    async releaseLease({ token, owner }: Lease) {
      if (current().token === token && current().owner === owner) leases.set('only', { token, owner: '', until: 0 })
    },
    holds: ({ token }: Pick<Lease, 'token'>) => current().token === token,
  }
}

function settingMethods({ table }: Tables) {
  const settings = table<string, string>('settings')
  return {
    setting: async (name) => settings.get(name),
    putSetting: async (name, value) => void settings.set(name, value),
    async replaceSetting(name, value, read) {
      if (settings.get(name) !== read) return false
      settings.set(name, value)
      return true
    },
    insertSetting: async (name, value) => void (settings.has(name) || settings.set(name, value)),
  } satisfies Partial<Store>
}

/** Makes a store over tables, by default empty ones. */
export function memoryStore(tables: Tables = openTables()): Store {
  const { holds, ...lease } = leaseMethods(tables)
  const work = { ...policyMethods(tables), ...runMethods(tables), ...stepMethods(tables, holds) }
  return { ...snapshotMethods(tables), ...work, ...protectionMethods(tables), ...lease, ...settingMethods(tables) }
}
