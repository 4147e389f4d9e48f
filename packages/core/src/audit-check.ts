// Audit check: the chain by itself, and against what the store remembers, so that a tail that was cut off shows.

import { verifyChain, type AuditEntry, type Verification } from './audit.js'
import type { Ports } from './ports.js'
import { isTerminal } from './step.js'

/** How far back the store is compared: a tail is cut at the end. */
const newest = 100

/** What an entry says that the store says as well; results and snapshots reach the log before the store. */
function saidBy({ fact }: AuditEntry): string | undefined {
  const { event, subject, runId, details } = fact
  if (event === 'synchronized') return `snapshot ${subject ?? ''}`
  if (event === 'run-finished') return `run ${runId ?? ''}`
  return event === 'result' ? `step ${runId ?? ''} ${String(details?.['position'])}` : undefined
}

/** Everything of the newest snapshots and runs that the log has to know. */
async function remembered({ store }: Ports): Promise<readonly string[]> {
  const facts = (await store.snapshots(newest)).map(({ id }) => `snapshot ${id}`)
  for (const { runId, status } of await store.runs(newest)) {
    if (status === 'finished') facts.push(`run ${runId}`)
    const ended = (await store.steps(runId)).filter(({ state }) => isTerminal(state))
    facts.push(...ended.map(({ position }) => `step ${runId} ${position}`))
  }
  return facts
}

/** Verifies the whole log; `read` streams its entries after an index. */
export async function checkAudit(
  read: (after: number) => AsyncIterable<AuditEntry>,
  ports: Ports,
): Promise<Verification> {
  const said = new Set<string>()
  const hear = (entry: AuditEntry) => said.add(saidBy(entry) ?? '')
  async function* heard() {
    for await (const entry of read(0)) {
      hear(entry)
      yield entry
    }
  }
  const verified = await verifyChain(heard(), ports.system)
  if (!verified.ok) return verified
  const facts = await remembered(ports)
  for await (const entry of read(verified.entries)) hear(entry) // what others have done in the meantime
  const missing = facts.filter((fact) => !said.has(fact)).length
  if (missing === 0) return verified
  const message = `The database remembers ${missing} results or snapshots that the log does not tell of: entries after ${verified.entries} were cut off. Compare with your last export.`
  return { ok: false, entries: verified.entries, index: verified.entries + 1, message }
}
