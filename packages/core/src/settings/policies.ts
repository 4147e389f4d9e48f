// The policies of an organization. A new policy is disabled until a person enables it.
import { UsageError } from '../model/errors.js'
import { requireText } from '../model/input-bounds.js'
import type { Policy, StoredPolicy } from '../model/policy.js'
import { sameName } from '../model/same-name.js'
import { checkReferences } from '../sync/references.js'
import { policyVersion } from '../policy/policy.js'
import type { Ports } from '../ports.js'
import { describeSchedule, nextOccurrence } from '../model/schedule.js'

/** Finds a stored policy by name, ignoring case. Throws a `UsageError` when there is none. */
export async function findPolicy(name: string, { store }: Ports): Promise<StoredPolicy> {
  const all = await store.policies()
  const found = all.find((one) => one.name === name) ?? all.find((one) => sameName(one.name, name))
  if (found !== undefined) return found
  const known = all.map((one) => `"${one.name}"`).join(', ')
  throw new UsageError(`There is no policy "${name}". ${known === '' ? 'None is imported yet.' : `There is ${known}.`}`)
}

const changedMeanwhile = (name: string): UsageError =>
  new UsageError(`Somebody else has changed "${name}" meanwhile. Review the new version, then try again.`)

/**
 * Stores a policy under its name; a new or changed one is disabled. `basedOn` is the version that the person edited, null
 * for a new policy. Throws a `UsageError` when the stored policy is another one.
 */
export async function importPolicy(
  policy: Policy,
  by: string,
  ports: Ports,
  basedOn?: string | null,
): Promise<StoredPolicy> {
  const { store, auditLog, system } = ports
  requireText('name', 'policyName', policy.name)
  const version = await policyVersion(policy, system)
  const earlier = await store.policy(policy.name)
  if (earlier?.version === version) return earlier
  if (basedOn === null && earlier !== undefined)
    throw new UsageError(`There is a policy "${policy.name}" already. Give this one another name, or change that one.`)
  if (basedOn !== undefined && basedOn !== null && earlier?.version !== basedOn) throw changedMeanwhile(policy.name)
  const [snapshot] = await store.snapshotHeads(1)
  if (snapshot !== undefined) await checkReferences(policy, snapshot, ports)
  const stored = { name: policy.name, policy, version, enabled: false, createdAt: system.now() }
  // Its email patterns may name people, so the log keeps the policy outside the chain, and its digest in the chain.
  const fact = { event: 'policy-imported' as const, subject: policy.name, details: { version } }
  await auditLog.append({ ...fact, at: system.now(), actor: by }, { policy })
  if (!(await store.putPolicy(stored, earlier))) throw changedMeanwhile(policy.name)
  return stored
}

/** Enables or disables a policy. An enabled policy does not make up for earlier occurrences. */
export async function switchPolicy(name: string, enabled: boolean, by: string, ports: Ports): Promise<StoredPolicy> {
  const { store, auditLog, system } = ports
  const found = await findPolicy(name, ports)
  if (found.enabled === enabled) return found
  if (
    enabled &&
    found.policy.schedule !== undefined &&
    nextOccurrence(found.policy.schedule, system.now()) === undefined
  )
    throw new UsageError(
      `The schedule of "${found.name}" is over: it was ${describeSchedule(found.policy.schedule)}. Change it and import the policy again.`,
    )
  const next = { ...found, enabled, ...(enabled ? { firedAt: system.now(), enabledBy: by } : {}) }
  const event = enabled ? 'policy-enabled' : 'policy-disabled'
  await auditLog.append({
    at: system.now(),
    actor: by,
    event,
    subject: found.name,
    details: { version: found.version },
  })
  if (await store.putPolicy(next, found)) return next
  // An occurrence or a preview has updated it meanwhile. That must not prevent anybody from disabling it.
  if (!enabled) return switchPolicy(name, false, by, ports)
  throw changedMeanwhile(found.name)
}

/** Deletes a policy; its plans, runs and audit entries stay. */
export async function deletePolicy(name: string, by: string, ports: Ports): Promise<void> {
  const { store, auditLog, system } = ports
  const found = await findPolicy(name, ports)
  await auditLog.append({
    at: system.now(),
    actor: by,
    event: 'policy-deleted',
    subject: found.name,
    details: { version: found.version },
  })
  await store.deletePolicy(found.name)
}
