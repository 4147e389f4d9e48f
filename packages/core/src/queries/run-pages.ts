// The accounts of a run, a page at a time: the result of each planned action, and why.

import { idsMatching, namesIn } from './account-names.js'
import { actions } from '../actions/index.js'
import { stepsToGiveBack } from '../plan/give-back.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import { hasEnded, type Outcome, type Step } from '../model/step.js'
import { formatInstant } from '../model/time.js'

export const runBuckets = ['applied', 'skipped', 'failed', 'unknown', 'not-attempted'] as const satisfies Outcome[]

export interface RunPageQuery {
  readonly state?: Outcome
  readonly search?: string
  readonly after?: string
  readonly limit: number
}

/** Lists one page of the results of a plan's actions, in their order. */
export async function runPage(
  plan: Plan,
  steps: readonly Step[],
  { state, search, after, limit }: RunPageQuery,
  ports: Ports,
) {
  const ended = new Map(steps.filter(hasEnded).map((step) => [step.position, step]))
  const [newest] = await ports.store.snapshotHeads(1)
  const ids = await idsMatching(search, newest?.id, ports)
  const rows = plan.actions.flatMap((planned, position) => {
    const step = ended.get(position)
    const outcome = step?.state ?? 'not-attempted'
    if ((state !== undefined && outcome !== state) || (ids !== undefined && !ids.has(planned.accountId))) return []
    return [{ planned, step, outcome }]
  })
  const start = after === undefined ? 0 : Math.max(0, Number(after) || 0)
  const shown = rows.slice(start, start + limit)
  const snapshots = newest === undefined ? [plan.snapshotId] : [newest.id, plan.snapshotId]
  const names = await namesIn(
    shown.map(({ planned }) => planned.accountId),
    snapshots,
    ports,
  )
  const taken = await stepsToGiveBack(
    shown.flatMap(({ step }) => step ?? []),
    ports,
  )
  const people = shown.map(({ planned: { accountId, action, target, reason }, step, outcome }) => ({
    accountId,
    ...(names.get(accountId) ?? { name: '', email: '' }),
    what: actions[action].describe(target),
    planned: reason,
    state: outcome,
    reason: step?.reason ?? null,
    code: step?.exclusion ?? null,
    mayGiveBack: step !== undefined && taken.has(step),
    at: step?.endedAt === undefined ? null : formatInstant(step.endedAt),
  }))
  return { people, total: rows.length, next: start + limit < rows.length ? String(start + limit) : null }
}
