// Looking into the audit log: the newest entries first, by person, actor, event, policy, outcome, run and date.
import { brandId, type PlanId, type RunId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { AuditEntry } from '../model/audit-entry.js'

export interface AuditQuery {
  readonly subject?: string
  readonly actor?: string
  readonly event?: string
  readonly action?: string
  /** Of the policy of this whole name itself, of its plans and of its runs, whether it is still there or not. */
  readonly policy?: string
  readonly outcome?: string
  readonly runId?: string
  readonly planId?: string
  readonly from?: Instant
  readonly to?: Instant
  /** Entries before this one: where the last page ended. */
  readonly before?: number
  readonly limit: number
}

const chunk = 500
/** One answer looks at so many entries, and says from where to go on. */
const lookedAt = 20_000

/** What is said of a policy itself names it as its subject. */
const ofPolicy: ReadonlySet<string> = new Set([
  'policy-imported',
  'policy-enabled',
  'policy-disabled',
  'policy-deleted',
  'refused',
])

const same = (wanted: string | undefined, found: string | undefined): boolean =>
  wanted === undefined || (found ?? '').toLowerCase().includes(wanted.toLowerCase())

/** Names of policies are told apart whole, whatever their case: a copy is another one. */
const sameName = (wanted: string, found: string | undefined): boolean =>
  (found ?? '').toLowerCase() === wanted.trim().toLowerCase()

/** A run's story also has what was said of its plan before there was a run. */
function matches({ fact, personal }: AuditEntry, query: AuditQuery): boolean {
  const { subject, runId, planId, from = -Infinity, to = Infinity } = query
  const named = Object.values(personal?.data ?? {}).filter((value) => typeof value === 'string')
  const ofRun = runId === undefined && planId === undefined
  return (
    (ofRun || (runId !== undefined && fact.runId === runId) || (planId !== undefined && fact.planId === planId)) &&
    (subject === undefined || [fact.subject, ...named].some((text) => same(subject, text))) &&
    same(query.actor, fact.actor) &&
    (query.event === undefined || fact.event === query.event) &&
    (query.action === undefined || fact.action === query.action) &&
    (query.outcome === undefined || fact.outcome === query.outcome) &&
    fact.at >= from &&
    fact.at <= to
  )
}

/** Says whether an entry is about a policy: by its own name, or by the plan that it belongs to. Each plan is read once. */
function aboutPolicy(wanted: string | undefined, { store }: Pick<Ports, 'store'>) {
  const known = new Map<string, string | undefined>()
  return async ({ fact: { event, subject, planId } }: AuditEntry): Promise<boolean> => {
    if (wanted === undefined) return true
    if (planId === undefined) return ofPolicy.has(event) && sameName(wanted, subject)
    if (!known.has(planId)) known.set(planId, (await store.planHead(brandId<PlanId>(planId)))?.policy ?? undefined)
    const policy = known.get(planId)
    return policy !== undefined && sameName(wanted, policy)
  }
}

/** Finds entries, newest first; `next` is where to go on, null at the begin of the log. */
export async function searchAudit(query: AuditQuery, { auditLog, store }: Ports) {
  const run = query.runId === undefined ? undefined : await store.run(brandId<RunId>(query.runId))
  const wanted = run === undefined ? query : { ...query, planId: run.planId }
  const head = (await auditLog.head())?.index ?? 0
  let before = Math.min(query.before ?? head + 1, head + 1)
  const isOfPolicy = aboutPolicy(query.policy, { store })
  const entries: AuditEntry[] = []
  for (let looked = 0; before > 1 && looked < lookedAt; looked += chunk) {
    const after = Math.max(0, before - 1 - chunk)
    const read = (await auditLog.read(after, before - 1 - after)).filter(({ index }) => index < before)
    for (const entry of read.toReversed()) {
      if (matches(entry, wanted) && (await isOfPolicy(entry))) entries.push(entry)
      if (entries.length === query.limit) return { entries, next: entry.index > 1 ? entry.index : null, head }
    }
    const [oldest] = read
    // The begin of the log was removed, once it was old enough.
    if (oldest === undefined) return { entries, next: null, head }
    before = Math.min(after + 1, oldest.index)
  }
  return { entries, next: before > 1 ? before : null, head }
}
export type AuditFound = Awaited<ReturnType<typeof searchAudit>>
