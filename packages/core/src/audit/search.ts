// Searches the audit log, newest entries first: by account, actor, event, policy, outcome, run and date.
import { brandId, type PlanId, type RunId } from '../model/ids.js'
import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { AuditEntry } from '../model/audit-entry.js'

export interface AuditQuery {
  readonly subject?: string
  readonly actor?: string
  readonly event?: string
  readonly action?: string
  /** The whole name of a policy: finds entries about the policy, its plans and its runs, even after it was deleted. */
  readonly policy?: string
  readonly outcome?: string
  readonly runId?: string
  readonly planId?: string
  readonly from?: Instant
  readonly to?: Instant
  /** Only entries before this index: `next` of the last page. */
  readonly before?: number
  readonly limit: number
}

const chunk = 500
/** How many entries one search examines; `next` says where the next one continues. */
const scanLimit = 20_000

/** Events whose subject is a policy. */
const ofPolicy: ReadonlySet<string> = new Set([
  'policy-imported',
  'policy-enabled',
  'policy-disabled',
  'policy-deleted',
  'refused',
])

const same = (wanted: string | undefined, found: string | undefined): boolean =>
  wanted === undefined || (found ?? '').toLowerCase().includes(wanted.toLowerCase())

/** Compares whole names of policies, ignoring case: a copy is another policy. */
const sameName = (wanted: string, found: string | undefined): boolean =>
  (found ?? '').toLowerCase() === wanted.trim().toLowerCase()

/** Entries of a run include those of its plan from before the run. */
function matches({ fact, personal }: AuditEntry, query: AuditQuery, named: ReadonlySet<string>): boolean {
  const { subject, runId, planId, from = -Infinity, to = Infinity } = query
  const inEntry = Object.values(personal?.data ?? {}).filter((value) => typeof value === 'string')
  const anyRun = runId === undefined && planId === undefined
  return (
    (anyRun || (runId !== undefined && fact.runId === runId) || (planId !== undefined && fact.planId === planId)) &&
    (subject === undefined ||
      named.has(fact.subject ?? '') ||
      [fact.subject, ...inEntry].some((text) => same(subject, text))) &&
    same(query.actor, fact.actor) &&
    (query.event === undefined || fact.event === query.event) &&
    (query.action === undefined || fact.action === query.action) &&
    (query.outcome === undefined || fact.outcome === query.outcome) &&
    fact.at >= from &&
    fact.at <= to
  )
}

/** Makes a test: true if an entry is about the policy, by its subject or by its plan. Reads each plan once. */
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

/** The accounts of the newest snapshot whose name or e-mail contains a text: results of a run name no person. */
async function accountsNamed(text: string | undefined, { store }: Pick<Ports, 'store'>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  const [newest] = text === undefined || text === '' ? [] : await store.snapshotHeads(1)
  if (newest === undefined || text === undefined) return ids
  let after: string | undefined
  do {
    const query = { snapshotId: newest.id, search: text, limit: chunk }
    const page = await store.accounts(after === undefined ? query : { ...query, after })
    for (const { accountId } of page.accounts) ids.add(accountId)
    after = page.next
  } while (after !== undefined)
  return ids
}

/** Finds entries, newest first; `next` is where the next page starts, null at the start of the log. */
export async function searchAudit(query: AuditQuery, { auditLog, store }: Ports) {
  const run = query.runId === undefined ? undefined : await store.run(brandId<RunId>(query.runId))
  const wanted = run === undefined ? query : { ...query, planId: run.planId }
  const head = (await auditLog.head())?.index ?? 0
  let before = Math.min(query.before ?? head + 1, head + 1)
  const named = await accountsNamed(query.subject, { store })
  const isOfPolicy = aboutPolicy(query.policy, { store })
  const entries: AuditEntry[] = []
  for (let examined = 0; before > 1 && examined < scanLimit; examined += chunk) {
    const after = Math.max(0, before - 1 - chunk)
    const read = (await auditLog.read(after, before - 1 - after)).filter(({ index }) => index < before)
    for (const entry of read.toReversed()) {
      if (matches(entry, wanted, named) && (await isOfPolicy(entry))) entries.push(entry)
      if (entries.length === query.limit) return { entries, next: entry.index > 1 ? entry.index : null, head }
    }
    const [oldest] = read
    // Retention has removed the start of the log.
    if (oldest === undefined) return { entries, next: null, head }
    before = Math.min(after + 1, oldest.index)
  }
  return { entries, next: before > 1 ? before : null, head }
}
