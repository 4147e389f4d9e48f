// Queries: what the screens show, summarized and in pages. A query changes nothing but stored counts.

import { accountDetails } from './account-details.js'
import { rememberedActivity } from './activity.js'
import { attention } from './attention.js'
import { searchAudit, type AuditQuery } from '../audit/search.js'
import { automaticProtections, type AutomaticQuery } from './automatic-protections.js'
import { planNamed, runNamed } from '../run/lookup.js'
import type { AccountId, OrganizationId } from '../model/ids.js'
import { describeKeys } from '../settings/api-keys.js'
import { listNonWorkingDays } from '../settings/non-working-days.js'
import { planList } from './plan-list.js'
import { planAccounts, type PlanAccountsQuery } from './plan-accounts.js'
import { summarizePlan } from './plan-summary.js'
import { policyCards } from './policy-cards.js'
import { reviewPolicy, tryPolicy } from './policy-review.js'
import { coverageOf } from './protection-coverage.js'
import { protectionList, type ProtectionQuery } from './protection-list.js'
import { currentRefusals } from '../run/approve.js'
import type { PlanQuery, Ports } from '../ports.js'
import { runList, type RunListQuery } from './run-list.js'
import { runPage, type RunPageQuery } from './run-pages.js'
import { syncProgress } from './sync-progress.js'
import { progressOf } from './run-progress.js'
import { seatHistory } from './seat-history.js'
import { throttledUntil } from '../run/throttle.js'
import { listLimits } from '../settings/limits.js'
import { describeRun } from './describe-run.js'

interface Seen {
  readonly ports: Ports
  readonly organizationId: OrganizationId
  readonly requesters: readonly AccountId[]
}

/** Makes the queries over the ports of an app. */
export function createQueries({ ports, organizationId, requesters }: Seen) {
  const { store, system } = ports
  const coverage = coverageOf(ports)
  return {
    attention: () => attention(ports),
    /** How long ago users were last active, by days. */
    activity: () => rememberedActivity(ports),
    seatHistory: () => seatHistory(ports),
    syncProgress: () => syncProgress(ports),
    policyCards: () => policyCards(ports),
    reviewPolicy: (document: unknown) => reviewPolicy(document, ports),
    tryPolicy: (document: unknown) => tryPolicy(document, requesters, ports),
    listLimits: () => listLimits(ports),
    listNonWorkingDays: () => listNonWorkingDays(ports),
    /** When the API keys expire, and what they can do. */
    keys: () => describeKeys(ports),
    automaticProtections: (query: AutomaticQuery) => automaticProtections(query, ports),
    protectionList: (query: ProtectionQuery) => protectionList(query, coverage, ports),
    /** The protected list, each entry with the number of accounts that it covers. */
    async coveredProtections() {
      const list = await store.protections()
      return coverage(list, list)
    },
    searchAudit: (query: AuditQuery) => searchAudit(query, ports),
    /** One account in full. */
    account: (accountId: string) => accountDetails(accountId, ports),

    planList: (page: PlanQuery) => planList(page, ports),
    async planSummary(planId: string) {
      const plan = await planNamed(planId, ports)
      return summarizePlan(plan, await currentRefusals(plan, organizationId, ports), ports)
    },
    planAccounts: async (planId: string, query: PlanAccountsQuery) =>
      planAccounts(await planNamed(planId, ports), query, requesters, ports),

    runList: (query: RunListQuery) => runList(query, ports),
    async runProgress(runId: string) {
      const run = await runNamed(runId, ports)
      const [described, steps] = [await describeRun(run, ports), await store.steps(run.runId)]
      const others = (await store.runsWith('executing')).filter((other) => other.runId !== run.runId)
      const throttled = await throttledUntil(ports, system.now())
      const around = { lease: await store.lease(), others, throttled }
      return {
        ...described,
        ...progressOf(run, steps, described.total, around, system.now()),
        approvedBy: run.approvedBy,
        accepted: run.accepted,
      }
    },
    async runPage(runId: string, query: RunPageQuery) {
      const run = await runNamed(runId, ports)
      return runPage(await planNamed(run.planId, ports), await store.steps(run.runId), query, ports)
    },
  }
}
export type Queries = ReturnType<typeof createQueries>
