// The app: every operation that a host serves, as a plain object over the ports. Hosts translate and decide nothing.

import { checkAudit } from './audit/verify.js'
import { checkpoint } from './audit/checkpoint.js'
import { keepAudit, keepAuditDaily } from './schedule/keep-daily.js'
import { erasePerson } from './audit/erase-person.js'
import { readRetention, setRetention } from './audit/retention.js'
import { fireDue } from './schedule/scheduler.js'
import { nextTick, tick, type Slices, type TickOptions } from './schedule/tick.js'
import { checked } from './model/checked.js'
import { brandId, type AccountId, type OrganizationId, type PlanId, type RunId } from './model/ids.js'
import { checkKeys, deleteKeyRecords, setKeyExpiry, recordNewKeys } from './settings/api-keys.js'
import { planNamed, runNamed } from './run/lookup.js'
import { listAccounts, totalsOf } from './queries/account-list.js'
import { conditionsOf, matchingIds } from './plan/plan-by-filter.js'
import { overview } from './queries/overview.js'
import type { Asking } from './plan/ask-planned.js'
import type { Plan } from './model/plan.js'
import { makePlan } from './plan/make-plan.js'
import { deletePolicy, findPolicy, importPolicy, switchPolicy } from './settings/policies.js'
import type { Policy } from './model/policy.js'
import type { Ports } from './ports.js'
import { confirmedPeople, confirmPerson, unconfirmPerson } from './settings/confirmed-people.js'
import { protect, protectSeveral, unprotect } from './settings/protected-list.js'
import { pickedRequest, type PickedRequest } from './plan/picked-request.js'
import { reconcile } from './sync/reconcile.js'
import { readNonWorkingDays, setNonWorkingDays } from './settings/non-working-days.js'
import { removeFilter, savedFilters, saveFilter } from './settings/saved-filters.js'
import { approve, currentRefusals } from './run/approve.js'
import { discard } from './run/review-queue.js'
import type { TimeSlice } from './model/time-slice.js'
import { work } from './run/worker.js'
import { oneWorker } from './run/one-worker.js'
import type { Step } from './model/step.js'
import type { System } from './model/system.js'
import { sharedSync } from './sync/shared-sync.js'
import type { SyncProgress } from './sync/sync.js'
import { accountIds } from './plan/accounts-of-plan.js'
import { createInterventions } from './run/intervene.js'
import { createQueries } from './queries/queries.js'
import { acceptBaseline } from './sync/accept-baseline.js'
import { withBoundedFacts } from './audit/bounded-facts.js'
import { withWatermark } from './audit/watermark.js'
import type { AuditEntry } from './model/audit-entry.js'
import type { Checkpoint } from './model/checkpoint.js'
import { readLimits } from './policy/organization-limits.js'
import { setLimits } from './settings/limits.js'
import { liftVeto, vetoesInForce } from './run/vetoes.js'
import { newestHead } from './sync/snapshot-reader.js'
import { policyRequest } from './plan/plan-request.js'
import { accountsRequest, type AccountsRequest, type MatchingRequest } from './model/account-filter.js'
import { approveRequest, type ApproveRequest } from './run/approve-request.js'
import { licensesOf } from './queries/licenses.js'
import { describeRun, waiting } from './queries/describe-run.js'

export interface AppOptions {
  readonly organizationId: OrganizationId
  /** Names this process on the organization's lease. */
  readonly owner: string
  /** Accounts that Rollcall never changes, since it acts for them: the owner of the API key, where known. */
  readonly requesters?: readonly AccountId[]
  readonly demo?: boolean
}

const leftOutBy = (exclude: readonly string[] | undefined) =>
  exclude === undefined ? {} : { leaveOut: checked(accountIds, exclude) }

/** The system with Atlassian's clock: a wrong local clock must not make an account inactive or fire a schedule early. */
const byUpstreamClock = ({ system, directory }: Ports): System => ({
  now: () => directory.now(),
  newId: () => system.newId(),
  digest: (text) => system.digest(text),
  wait: (ms) => system.wait(ms),
})

/** Makes the app over its ports. Every operation that changes something takes the requester as `by`, for the audit log. */
export function createApp(given: Ports, { organizationId, owner, requesters = [], demo = false }: AppOptions) {
  const auditLog = withWatermark({ auditLog: withBoundedFacts(given.auditLog), watermark: given.watermark })
  const ports: Ports = { ...given, auditLog, system: byUpstreamClock(given) }
  const { store, system } = ports
  const totals = totalsOf(ports)
  const findRun = (runId: string) => runNamed(runId, ports)
  const findPlan = (planId: string) => planNamed(planId, ports)
  const withRefusals = async (plan: Plan) => ({
    plan,
    refusals: await currentRefusals(plan, organizationId, ports),
  })
  async function* audit(from = 0): AsyncGenerator<AuditEntry> {
    for (let after = from; ;) {
      const entries = await auditLog.read(after, 1000)
      yield* entries
      const last = entries.at(-1)
      if (last === undefined) return
      after = last.index
    }
  }

  async function planPicked(
    picked: PickedRequest,
    by: string,
    asking?: Asking,
    filter: Pick<AccountsRequest, 'inactiveFor'> = {},
  ) {
    const { action, accounts, site, product, group, exclude } = checked(pickedRequest, picked)
    const scope = site === undefined || product === undefined ? ('organization' as const) : { site, product }
    const conditions = conditionsOf(filter, action)
    const leaveOut = exclude === undefined ? {} : { leaveOut: exclude }
    const request = {
      action,
      scope,
      group,
      by,
      picked: accounts,
      policy: undefined,
      conditions,
      limits: {},
      ...leaveOut,
    }
    const plan = await makePlan(
      { ...request, source: 'picked', scheduled: false },
      requesters,
      ports,
      undefined,
      asking,
    )
    return withRefusals(plan)
  }

  const syncNow = sharedSync(owner, ports)
  const workOn = oneWorker(
    (runId: RunId, slice: TimeSlice, onStep?: (step: Step) => void) =>
      work(runId, owner, slice, ports, requesters, onStep),
    ports,
  )
  const { thenStop, interventions } = createInterventions({
    ports,
    organizationId,
    work: (runId) => workOn(runId, { until: Infinity }),
  })
  const fire = (by: string, slice?: TimeSlice) =>
    fireDue(organizationId, requesters, ports, () => syncNow(by, undefined, slice), { slice })

  return {
    /** Syncs the organization. Throws `Unfinished` when its time slice is used up; the next call continues. */
    sync: (by: string, onProgress?: (progress: SyncProgress) => void, slice?: TimeSlice) =>
      syncNow(by, onProgress, slice),
    accounts: (request: AccountsRequest) => listAccounts(checked(accountsRequest, request), totals, ports),
    /** How many requests this process has sent to Atlassian. */
    requests: () => ports.directory.requests(),
    licenses: async () => licensesOf(await newestHead(ports)),

    policies: () => store.policies(),
    policy: (name: string) => findPolicy(name, ports),
    /** Stores a policy; `basedOn` is the version that the editor started from, null for a new policy. */
    importPolicy: (policy: Policy, by: string, basedOn?: string | null) =>
      thenStop(importPolicy(policy, by, ports, basedOn)),
    enablePolicy: (name: string, by: string) => switchPolicy(name, true, by, ports),
    disablePolicy: (name: string, by: string) => thenStop(switchPolicy(name, false, by, ports)),
    deletePolicy: (name: string, by: string) => thenStop(deletePolicy(name, by, ports)),

    /** Makes a plan for a stored policy, and asks Atlassian about its accounts. That counts as a preview of its version. */
    async planStored(name: string, by: string, exclude?: readonly string[], asking?: Asking) {
      const stored = await findPolicy(name, ports)
      const plan = await makePlan(
        policyRequest(stored.policy, { source: 'policy', scheduled: false, by, ...leftOutBy(exclude) }),
        requesters,
        ports,
        undefined,
        asking,
      )
      const current = await store.policy(stored.name)
      const seen = { previewedVersion: stored.version, previewedIn: plan.organization.id }
      if (current?.version === stored.version) await store.setPolicyState(stored.name, seen)
      return withRefusals(plan)
    },
    async planFile(policy: Policy, by: string, exclude?: readonly string[], asking?: Asking) {
      const request = policyRequest(policy, { source: 'file', scheduled: false, by, ...leftOutBy(exclude) })
      return withRefusals(await makePlan(request, requesters, ports, undefined, asking))
    },
    planPicked: (request: PickedRequest, by: string, asking?: Asking) => planPicked(request, by, asking),
    /** Makes a plan for all accounts that a filter of the account list matches now. */
    async planMatching(
      { matching, ...rest }: Omit<PickedRequest, 'accounts'> & MatchingRequest,
      by: string,
      asking?: Asking,
    ) {
      const filter = checked(accountsRequest, matching)
      const accounts = await matchingIds(filter, ports)
      return planPicked({ ...rest, accounts: [...accounts] }, by, asking, filter)
    },
    /** Finds the names of accounts in the newest snapshot; leaves out accounts that it lacks. */
    async namesOf(accountIds: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
      const [snapshot] = await store.snapshotHeads(1)
      const known = snapshot === undefined ? [] : await store.someAccounts(snapshot.id, accountIds)
      return new Map(known.map(({ accountId, name }) => [accountId, name]))
    },
    showPlan: async (planId: string) => withRefusals(await findPlan(planId)),
    plans: (limit: number) => store.plans(limit),

    approve(request: ApproveRequest, by: string) {
      const { planId, fingerprint, accepted } = checked(approveRequest, request)
      return approve({ planId: brandId<PlanId>(planId), fingerprint, accepted, by }, organizationId, ports)
    },
    /** Discards a plan that needs approval or is blocked: it never runs. */
    discard: (planId: string, by: string) => discard(brandId<PlanId>(planId), by, ports),
    /** Runs that need approval or are blocked. */
    waiting: () => waiting(ports),

    /** Advances an executing run; undefined while another process holds the lease. */
    work: workOn,
    runs: async (limit: number) => Promise.all((await store.runs(limit)).map((run) => describeRun(run, ports))),
    runStatus: async (runId: string) => describeRun(await findRun(runId), ports),
    results: async (runId: string) => store.steps((await findRun(runId)).runId),
    executing: () => store.runsWith('executing'),
    /** Does everything that a worker has to do now: keeps the audit log, fires schedules, advances runs. */
    tick: (slice: Slices, options: TickOptions) => {
      const keepAudit = () => keepAuditDaily('worker', audit, ports)
      return tick(slice, options, { keepAudit, fireDue: fire, work: workOn }, ports)
    },
    /** When a worker has something to do next; a worker that does not `act` only keeps the audit log. */
    nextTick: (acts: boolean) => nextTick(acts, ports),
    /** Atlassian's time, which Rollcall uses for all dates. */
    now: () => system.now(),
    /** Makes the plans and runs of due schedules, after a sync. Throws `Unfinished` when the time slice is used up. */
    fireDue: fire,

    nonWorkingDays: () => readNonWorkingDays(ports),
    setNonWorkingDays: (days: unknown, by: string) => setNonWorkingDays(days, by, ports),

    savedFilters: () => savedFilters(ports),
    /** Saves a filter of the account list under a name, for all users of Rollcall. */
    saveFilter: (wanted: unknown, by: string) => saveFilter(wanted, by, ports),
    removeFilter: (name: string, by: string) => removeFilter(name, by, ports),

    protections: () => store.protections(),
    protect: (entry: Parameters<typeof protect>[0], by: string) => protect(entry, by, ports),
    protectSeveral: (subjects: readonly string[], entry: Omit<Parameters<typeof protect>[0], 'subject'>, by: string) =>
      protectSeveral(subjects, entry, by, ports),
    unprotect: (subject: string, by: string) => unprotect(subject, by, ports),
    /** Lists the accounts that look like service accounts, and of which an admin said that they are people. */
    confirmedPeople: () => confirmedPeople(ports),
    confirmPerson: (accountId: string, reason: string, by: string) => confirmPerson(accountId, reason, by, ports),
    unconfirmPerson: (accountId: string, reason: string, by: string) => unconfirmPerson(accountId, reason, by, ports),

    /** Lists the vetoes in force: accounts that are exempt because a person restored them. */
    vetoes: () => vetoesInForce(ports),
    liftVeto: (accountId: string, by: string) => liftVeto(accountId, by, ports),

    limits: () => readLimits(ports),
    setLimits: (limits: unknown, by: string) => thenStop(setLimits(limits, by, ports)),

    /** Sets the dates on which the keys expire. */
    setKeyExpiry: (expiry: unknown, by: string) => setKeyExpiry(expiry, by, ports),
    /** Checks what the keys can do, by reads that change nothing. */
    checkKeys: (by: string) => checkKeys(by, ports),
    /** Stores the expiry of keys that somebody has just entered, and checks them. */
    recordNewKeys: (expiry: unknown, by: string) => recordNewKeys(expiry, by, ports),
    /** Deletes the stored values of removed keys. */
    deleteKeyRecords: () => deleteKeyRecords(ports),

    audit: () => audit(),
    auditPage: (after: number, limit: number) => auditLog.read(after, limit),
    auditHead: () => auditLog.head(),
    /** Verifies the log, also against checkpoints that are stored elsewhere. */
    verifyAudit: (kept: readonly Checkpoint[] = []) => checkAudit(audit, ports, kept),
    /** Signs the newest entry; undefined while the log is empty. */
    checkpoint: () => checkpoint('asked', ports),
    /** Signs the newest entry, and removes entries older than the retention. */
    keepAudit: (by: string) => keepAudit(by, audit, ports),
    checkpoints: () => auditLog.checkpoints(),
    /** The public key of this installation's checkpoints, in base64; makes a key pair when there is none. */
    signingKey: () => ports.signer.publicKey(),
    retention: () => readRetention(ports),
    setRetention: (days: number, by: string) => setRetention(days, by, ports),
    /** Erases a person's name and email, also an earlier address. Returns where they remain. */
    erasePerson: (accountId: string, by: string, address?: string) =>
      erasePerson(accountId, address, by, audit, () => savedFilters(ports), ports),

    /** Accepts the percentages of inactive accounts in the newest snapshot as the baseline; it must be the `reviewed` one. */
    acceptBaseline: (by: string, reviewed?: string) => acceptBaseline(by, reviewed, ports),

    /** Reconciles a database that is out of date, such as a restored backup; undefined when it is up to date. */
    reconcile: (by: string, slice?: TimeSlice) => reconcile(by, organizationId, ports, slice),

    overview: () => overview(organizationId, demo, ports),
    // The spreads come last: making an object that begins with a spread is fifteen times slower.
    ...interventions,
    ...createQueries({ ports, organizationId, requesters }),
  }
}

/** An interface, so that declarations and error messages show its name and not the whole type. */
export interface App extends ReturnType<typeof createApp> {}
