// Checkpoint: a signature of the newest audit entry. The chain of a log stays valid when somebody cuts off its end, or
// rewrites it from some entry on. A checkpoint contradicts such a log, above all a copy that is stored elsewhere.
import { canonicalJson } from '../model/canonical-json.js'
import type { Ports, Signer } from '../ports.js'
import { day } from '../model/time.js'
import type { AuditEntry, Verification } from '../model/audit-entry.js'
import type { Checkpoint } from '../model/checkpoint.js'

const signed = ({ index, hash, at, why, publicKey }: Omit<Checkpoint, 'signature'>): string =>
  canonicalJson({ index, hash, at, why, publicKey })

/** Signs an entry and stores the checkpoint. */
export async function checkpointAt(
  { index, hash }: Pick<AuditEntry, 'index' | 'hash'>,
  why: Checkpoint['why'],
  { auditLog, signer, system }: Ports,
): Promise<Checkpoint> {
  const unsigned = { index, hash, at: system.now(), why, publicKey: await signer.publicKey() }
  const checkpoint: Checkpoint = { ...unsigned, signature: await signer.sign(signed(unsigned)) }
  await auditLog.addCheckpoint(checkpoint)
  return checkpoint
}

/** Signs the newest entry; undefined while the log is empty. */
export async function checkpoint(why: 'run' | 'day' | 'asked', ports: Ports): Promise<Checkpoint | undefined> {
  const head = await ports.auditLog.head()
  return head === undefined ? undefined : checkpointAt(head, why, ports)
}

/**
 * Signs the newest entry when a run has ended. A failure does not fail the run: the audit log gets a `checkpoint-failed`
 * entry, and the daily checkpoint tries again.
 */
export async function checkpointRun(ports: Ports): Promise<void> {
  const { auditLog, system } = ports
  try {
    await checkpoint('run', ports)
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure)
    await auditLog.append({ at: system.now(), actor: 'rollcall', event: 'checkpoint-failed', reason })
  }
}

/** Signs the newest entry once a day (UTC), unless a checkpoint covers it already. */
export async function dailyCheckpoint(ports: Ports): Promise<Checkpoint | undefined> {
  const { auditLog, system } = ports
  const newest = (await auditLog.checkpoints()).at(-1)
  const head = await auditLog.head()
  const sameDay = newest !== undefined && Math.floor(newest.at / day) === Math.floor(system.now() / day)
  if (head === undefined || sameDay || head.index === newest?.index) return undefined
  return checkpointAt(head, 'day', ports)
}

/** The checkpoints at which a log may start after retention removed its oldest entries. */
export const prunedOf = (checkpoints: readonly Checkpoint[]): readonly Checkpoint[] =>
  checkpoints.filter(({ why }) => why === 'pruned')

/** Compares a log with its checkpoints: `receive` takes every entry, then `verdict` compares. */
export function checkpointJudge(checkpoints: readonly Checkpoint[], { verify }: Pick<Signer, 'verify'>, key?: string) {
  const wanted = new Set(checkpoints.map(({ index }) => index))
  const hashes = new Map<number, string>()
  const broken = (index: number, message: string): Verification => ({
    ok: false,
    entries: Math.max(0, index - 1),
    index,
    message,
  })
  return {
    receive: ({ index, hash }: Pick<AuditEntry, 'index' | 'hash'>) =>
      void (wanted.has(index) && hashes.set(index, hash)),
    /** The first contradiction to a checkpoint; undefined when there is none. `first` and `last` are indexes of the log. */
    async verdict(first: number, last: number): Promise<Verification | undefined> {
      const owner = key ?? checkpoints[0]?.publicKey
      let good = first - 1
      for (const one of [...checkpoints].toSorted((a, b) => a.index - b.index)) {
        const genuine = one.publicKey === owner && (await verify(one.publicKey, signed(one), one.signature))
        if (!genuine)
          return broken(one.index, `The checkpoint at entry ${one.index} was not signed with the key of this log.`)
        if (one.index < first) continue
        if (one.index > last)
          return broken(
            last + 1,
            `The log ends at entry ${last}, but a checkpoint was signed at entry ${one.index}: its newest entries were cut off.`,
          )
        // If two checkpoints of one entry differ, one of them does not match.
        if (hashes.get(one.index) !== one.hash)
          return broken(
            one.index,
            `Entries ${good + 1} to ${one.index} are not the signed ones: somebody rewrote the log from one of them on.`,
          )
        good = one.index
      }
      return undefined
    },
  }
}
