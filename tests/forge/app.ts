// The app as its page inside Jira uses it: it calls the resolver for every operation, and waits for background jobs.

import {
  documentOf,
  readPolicy,
  type App,
  type AuditEntry,
  type Plan,
  type Policy,
  type Refusal,
  type SomeLimits,
} from '@rollcall/core'
import type { startSimulator } from '@rollcall/simulator'
import type { ForgeHost } from '@rollcall/forge-host'

type ResolverResponse =
  | { value: unknown }
  | { refused: { refusals: Refusal[] } }
  | { error: { message: string } }
  | { job: string }

/** A hanging test ends by its own time-out before this. */
const maxIdleMs = 3_600_000

/** Calls one operation, and waits for its background job if it has one. */
export async function ask(
  host: ForgeHost,
  operation: string,
  request: unknown = {},
): Promise<Exclude<ResolverResponse, { job: string } | { error: unknown }>> {
  let response = (await host.resolve(operation, request)) as ResolverResponse
  while ('job' in response) {
    await host.idle(maxIdleMs)
    response = (await host.resolve('job', { id: response.job })) as ResolverResponse
  }
  if ('error' in response) throw new Error(response.error.message)
  return response
}

/** The operations that stories use. */
export function appOf(host: ForgeHost): App {
  const value = async <Value>(operation: string, request: unknown = {}): Promise<Value> => {
    const response = await ask(host, operation, request)
    if ('refused' in response) throw new Error(response.refused.refusals.map(({ message }) => message).join(' '))
    return response.value as Value
  }
  const planned = async (operation: string, request: unknown) => {
    const { refusals, spared, ...plan } = await value<Plan & { refusals: Refusal[]; spared: unknown }>(
      operation,
      request,
    )
    return { plan: { ...plan, excluded: spared }, refusals }
  }
  const entries = (after: number) => value<AuditEntry[]>('audit', { query: { after, limit: 1000 } })
  const app = {
    async sync() {
      const { snapshotId: id, ...rest } = await value<{ snapshotId: string }>('sync')
      return { id, ...rest }
    },
    planFile: (policy: Policy) => planned('plan', { body: { document: documentOf(policy) } }),
    planUndo: (id: string) => planned('undo', { params: { id } }),
    showPlan: (id: string) => planned('showPlan', { params: { id } }),
    planAccounts: (id: string, query: unknown) => value('planPeople', { params: { id }, query }),
    async approve({ planId, fingerprint, accepted = [] }: Parameters<App['approve']>[0]) {
      const response = await ask(host, 'approve', { params: { id: planId }, body: { fingerprint, accepted } })
      return 'refused' in response ? response.refused : { run: response.value }
    },
    work: async (id: string) => {
      await host.idle(maxIdleMs)
      return value('runStatus', { params: { id } })
    },
    runStatus: (id: string) => value('runStatus', { params: { id } }),
    runs: () => value('runs'),
    results: async (id: string) =>
      (await value<{ reason: string | null }[]>('results', { params: { id } })).map(({ reason, ...step }) => ({
        ...step,
        ...(reason === null ? {} : { reason }),
      })),
    setLimits: (limits: SomeLimits) => value('setLimits', { body: limits }),
    protect: (entry: unknown) => value('protect', { body: entry }),
    auditHead: async () => ({ index: (await value<{ audit: { entries: number } }>('overview')).audit.entries }),
    async *audit() {
      for (let after = 0; ;) {
        const page = await entries(after)
        yield* page
        const last = page.at(-1)
        if (last === undefined) return
        after = last.index
      }
    },
    verifyAudit: () => value('verification'),
  }
  return app as unknown as App
}

type Simulator = Awaited<ReturnType<typeof startSimulator>>

/** Makes a plan that frees seats, three by default. `expected` is the number of changes that each account needs. */
export async function planSeats(app: App, simulator: Simulator, limits: SomeLimits & { readonly take?: number } = {}) {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site: 'acme.atlassian.net', product: 'jira-software' },
    conditions: { 'inactive-for': '90d' },
    actions: ['revoke-product-access'],
    limits: { take: 3, percent: 20, ...limits },
  })
  if (!('policy' in read)) throw new Error('no policy')
  await app.setLimits({ percent: 20, budget: 20 }, 'mia')
  const { plan } = await app.planFile(read.policy, 'mia')
  const jira = plan.actions[0]?.target.workspace
  const { groups, byId } = simulator.organization
  const grants = (id: string) => groups.get(id)?.grants.some(({ ari }) => ari === jira) === true
  const expected = plan.actions.map(({ accountId }) => [...(byId.get(accountId)?.groups ?? [])].filter(grants).length)
  return { plan, expected }
}
