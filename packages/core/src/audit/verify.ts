// Verify: checks the chain by itself and against the store, so that a tail that was cut off shows.

import { verifyChain } from './chain.js'
import { checkpointJudge, prunedOf } from './checkpoint.js'
import type { Ports } from '../ports.js'
import { hasEnded } from '../model/step.js'
import type { Instant } from '../model/time.js'
import type { AuditEntry, Verification } from '../model/audit-entry.js'
import type { Checkpoint } from '../model/checkpoint.js'

/** How far back the store is compared: a tail is cut at the end. */
const newest = 100

/** What an entry and the store both hold; results and snapshots reach the log before the store. */
function factOf({ fact }: AuditEntry): string | undefined {
  const { event, subject, runId, details } = fact
  if (event === 'synchronized') return `snapshot ${subject ?? ''}`
  if (event === 'run-finished') return `run ${runId ?? ''}`
  return event === 'result' ? `step ${runId ?? ''} ${String(details?.['position'])}` : undefined
}

/** Everything of the newest snapshots and runs, begun since the log's oldest entry, that the log has to know. */
async function remembered(since: Instant, { store }: Ports): Promise<readonly string[]> {
  const snapshots = (await store.snapshots(newest)).filter(({ startedAt }) => startedAt >= since)
  const facts = snapshots.map(({ id }) => `snapshot ${id}`)
  for (const { runId, status, startedAt } of await store.runs(newest)) {
    if (startedAt < since) continue
    if (status === 'finished') facts.push(`run ${runId}`)
    const ended = (await store.steps(runId)).filter(hasEnded)
    facts.push(...ended.map(({ position }) => `step ${runId} ${position}`))
  }
  return facts
}

/** Only our own key may have signed; a log without checkpoints needs no key. */
const ownKey = async (checkpoints: readonly Checkpoint[], { signer }: Ports): Promise<string | undefined> =>
  checkpoints.length === 0 ? undefined : signer.publicKey()

/** A restored backup contradicts what was signed as a forged log does: where one was reconciled, the sentence says so. */
function explained(contradicted: Verification, reconciled: AuditEntry | undefined): Verification {
  if (contradicted.ok || reconciled === undefined) return contradicted
  const { end } = reconciled.fact.details ?? {}
  const told = `Entry ${reconciled.index} says that a backup was restored and everything after entry ${String(end)} lost; compare what was signed since with your last export from before that.`
  return { ...contradicted, message: `${contradicted.message} ${told}` }
}

/** Verifies the whole log, also against checkpoints that were kept elsewhere; `read` streams its entries after an index. */
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
  // Only a log whose oldest entries were removed begins later than everything that is remembered.
  const facts = await remembered(first === undefined || first.index === 1 ? -Infinity : first.fact.at, ports)
  for await (const entry of read(verified.entries)) receive(entry) // what others have done in the meantime
  const missing = facts.filter((fact) => !logged.has(fact)).length
  if (missing === 0) return { ...verified, checkpoints: checkpoints.length }
  const message = `The database remembers ${missing} results or snapshots that the log does not tell of: entries after ${verified.entries} were cut off. Compare with your last export.`
  return { ok: false, entries: verified.entries, index: verified.entries + 1, message }
}
