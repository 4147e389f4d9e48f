// Verify: checks the chain, its checkpoints, and the database, which shows when the newest entries were cut off.

import { verifyChain } from './chain.js'
import { checkpointJudge, prunedOf } from './checkpoint.js'
import type { Ports } from '../ports.js'
import { hasEnded } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { AuditEntry, Verification } from '../model/audit-entry.js'
import type { Checkpoint } from '../model/checkpoint.js'

/** How many of the newest snapshots and runs to compare: only the newest entries can be cut off. */
const newest = 100

/** The key of a fact that the store holds as well. Rollcall logs results and snapshots before it stores them. */
function factOf({ fact }: AuditEntry): string | undefined {
  const { event, subject, runId, details } = fact
  if (event === 'synchronized') return `snapshot ${subject ?? ''}`
  if (event === 'run-finished') return `run ${runId ?? ''}`
  return event === 'result' ? `step ${runId ?? ''} ${String(details?.['position'])}` : undefined
}

/** The keys that the log must contain: of the newest snapshots and runs that began since the log's oldest entry. */
async function storedFacts(since: Instant, { store }: Ports): Promise<readonly string[]> {
  const snapshots = (await store.snapshotHeads(newest)).filter(({ startedAt }) => startedAt >= since)
  const facts = snapshots.map(({ id }) => `snapshot ${id}`)
  for (const { runId, status, startedAt } of await store.runs(newest)) {
    if (startedAt < since) continue
    if (status === 'finished') facts.push(`run ${runId}`)
    const ended = (await store.steps(runId)).filter(hasEnded)
    facts.push(...ended.map(({ position }) => `step ${runId} ${position}`))
  }
  return facts
}

/** The key that must have signed: the installation's own. A log without checkpoints needs none. */
const ownKey = async (checkpoints: readonly Checkpoint[], { signer }: Ports): Promise<string | undefined> =>
  checkpoints.length === 0 ? undefined : signer.publicKey()

/** A restored backup contradicts checkpoints just as a forged log does. After a reconciliation, the message says so. */
function explained(contradicted: Verification, reconciled: AuditEntry | undefined): Verification {
  if (contradicted.ok || reconciled === undefined) return contradicted
  const { end } = reconciled.fact.details ?? {}
  const explanation = `Entry ${reconciled.index} records a restored backup: all entries after entry ${String(end)} were lost. Compare the checkpoints since then with your last export from before.`
  return { ...contradicted, message: `${contradicted.message} ${explanation}` }
}

/** Verifies the whole log, also against checkpoints stored elsewhere (`kept`); `read` streams the entries after an index. */
export async function checkAudit(
  read: (after: number) => AsyncIterable<AuditEntry>,
  ports: Ports,
  kept: readonly Checkpoint[] = [],
): Promise<Verification> {
  const checkpoints = await ports.auditLog.checkpoints()
  const signed = [...checkpoints, ...kept]
  const judge = checkpointJudge(signed, ports.signer, await ownKey(signed, ports))
  const logged = new Set<string>()
  let [first, reconciled] = [undefined, undefined] as (AuditEntry | undefined)[]
  const receive = (entry: AuditEntry): void => {
    first ??= entry
    logged.add(factOf(entry) ?? '')
    judge.receive(entry)
    if (entry.fact.event === 'reconciled') reconciled = entry
  }
  async function* received() {
    for await (const entry of read(0)) {
      receive(entry)
      yield entry
    }
  }
  const verified = await verifyChain(received(), ports.system, prunedOf(checkpoints))
  if (!verified.ok) return verified
  const contradicted = await judge.verdict(first?.index ?? 1, verified.entries)
  if (contradicted !== undefined) return explained(contradicted, reconciled)
  // Only a log whose oldest entries retention removed starts later than what the store holds.
  const facts = await storedFacts(first === undefined || first.index === 1 ? -Infinity : first.fact.at, ports)
  for await (const entry of read(verified.entries)) receive(entry) // entries that other processes wrote in the meantime
  const missing = facts.filter((fact) => !logged.has(fact)).length
  if (missing === 0) return { ...verified, checkpoints: checkpoints.length }
  const message = `The database holds ${missing} results or snapshots that the log lacks: entries after ${verified.entries} were cut off. Compare the log with your last export.`
  return { ok: false, entries: verified.entries, index: verified.entries + 1, message }
}
