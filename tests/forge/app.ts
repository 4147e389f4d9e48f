// The app as its page inside Jira reaches it: every operation asked of the resolver, and what takes long waited for.

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

type Answer =
  | { value: unknown }
  | { refused: { refusals: Refusal[] } }
  | { error: { message: string } }
  | { job: string }

/** Nothing waits longer; what hangs is ended by its test's own time-out. */
const longest = 3_600_000

/** Asks one operation; what goes on by itself is waited for. */
export async function ask(
  host: ForgeHost,
  operation: string,
  asked: unknown = {},
): Promise<Exclude<Answer, { job: string } | { error: unknown }>> {
  let answer = (await host.resolve(operation, asked)) as Answer
  while ('job' in answer) {
    await host.idle(longest)
    answer = (await host.resolve('job', { id: answer.job })) as Answer
  }
  if ('error' in answer) throw new Error(answer.error.message)
  return answer
}

/** The operations that stories use. */
export function appOf(host: ForgeHost): App {
  const value = async <Value>(operation: string, asked: unknown = {}): Promise<Value> => {
    const answer = await ask(host, operation, asked)
    if ('refused' in answer) throw new Error(answer.refused.refusals.map(({ message }) => message).join(' '))
    return answer.value as Value
  }
  const planned = async (operation: string, asked: unknown) => {
    const { refusals, ...plan } = await value<Plan & { refusals: Refusal[] }>(operation, asked)
    return { plan, refusals }
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
    async approve({ planId, fingerprint, accepted = [] }: Parameters<App['approve']>[0]) {
      const answer = await ask(host, 'approve', { params: { id: planId }, body: { fingerprint, accepted } })
      return 'refused' in answer ? answer.refused : { run: answer.value }
    },
    work: async (id: string) => {
      await host.idle(longest)
      return value('runStatus', { params: { id } })
    },
    runStatus: (id: string) => value('runStatus', { params: { id } }),
    runs: () => value('runs'),
    results: async (id: string) =>
      (await value<{ reason: string | null }[]>('results', { params: { id } })).map(({ reason, ...step }) => ({
        ...step,
        ...(reason === null ? {} : { reason }),
      })),
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

/** A plan that frees seats, by default of three, and how many changes each of its accounts will need. */
export async function actingOf(app: App, simulator: Simulator, limits: SomeLimits & { readonly take?: number } = {}) {
  const read = readPolicy({
    name: 'Free unused Jira seats',
    scope: { site: 'acme.atlassian.net', product: 'jira-software' },
    conditions: { 'inactive-for': '90d' },
    actions: ['revoke-product-access'],
    limits: { take: 3, percent: 20, budget: 20, ...limits },
  })
  if (!('policy' in read)) throw new Error('no policy')
  const { plan } = await app.planFile(read.policy, 'mia')
  const jira = plan.actions[0]?.target.workspace
  const { groups, byId } = simulator.organization
  const grants = (id: string) => groups.get(id)?.grants.some(({ ari }) => ari === jira) === true
  const expected = plan.actions.map(({ accountId }) => [...(byId.get(accountId)?.groups ?? [])].filter(grants).length)
  return { plan, expected }
}
