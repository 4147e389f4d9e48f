// The policies of an organization: imported from files, born disabled, enabled by a person.

import { z } from 'zod'
import { UsageError } from './errors.js'
import { policySchema, policyVersion, type Policy, type StoredPolicy } from './policy.js'
import type { Ports } from './ports.js'
import { describeSchedule, nextFiring } from './schedule.js'

/** One thing that is wrong with a policy; `path` leads to it inside the document. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export type ReadPolicy = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] }

const plain = (issue: z.core.$ZodIssue): readonly PolicyProblem[] => {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key "${key}"` }))
  if (issue.code === 'invalid_union') {
    const closest = [...issue.errors].toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
    return closest.flatMap(plain).map((inner) => ({ ...inner, path: [...path, ...inner.path] }))
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return [{ path, message: missing ? `missing: ${path.join('.')}` : issue.message }]
}
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(...issues.map((issue) => issue.path.length - (issue.code === 'unrecognized_keys' ? 1 : 0)))

const deepest = 50
const widest = 10_000

/** Says whether a document nests or repeats itself more than any policy does; walks without recursion. */
function isTooDeep(document: unknown): boolean {
  let level = [document]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest || level.length > widest) return true
    level = level.flatMap((node) => (typeof node === 'object' && node !== null ? Object.values(node) : []))
  }
  return false
}

/** Reads a policy document; every problem is named with the path that leads to it. */
export function readPolicy(document: unknown): ReadPolicy {
  if (isTooDeep(document))
    return { problems: [{ path: [], message: `nests deeper than ${deepest} levels, or repeats itself without end` }] }
  if (typeof document === 'object' && document !== null && 'stages' in document)
    return {
      problems: [
        {
          path: ['stages'],
          message: 'stages need warnings by mail, which this version does not have; use "actions" with one action',
        },
      ],
    }
  const parsed = policySchema.safeParse(document, { reportInput: true })
  return parsed.success ? { policy: parsed.data } : { problems: parsed.error.issues.flatMap(plain) }
}

/** Writes a policy as the document that a person writes and `readPolicy` reads. */
export function documentOf(policy: Policy): Readonly<Record<string, unknown>> {
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(plain)
    if (typeof node !== 'object' || node === null) return node
    const { condition, value } = node as { condition?: string; value?: unknown }
    if (condition !== undefined) return { [condition]: value }
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, plain(inner)]))
  }
  return { ...policy, conditions: plain(policy.conditions) }
}

/** Finds a stored policy by name, whatever its case. */
export async function findPolicy(name: string, { store }: Ports): Promise<StoredPolicy> {
  const all = await store.policies()
  const found = all.find((one) => one.name === name) ?? all.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const known = all.map((one) => `"${one.name}"`).join(', ')
  throw new UsageError(`There is no policy "${name}". ${known === '' ? 'None is imported yet.' : `There is ${known}.`}`)
}

const changedMeanwhile = (name: string): UsageError =>
  new UsageError(`Somebody else has changed "${name}" meanwhile. Look at what it says now, then try again.`)

/** Stores a policy under its name, disabled when it is new or says something else than before. */
export async function importPolicy(
  policy: Policy,
  by: string,
  ports: Ports,
  basedOn?: string | null,
): Promise<StoredPolicy> {
  const { store, auditLog, system } = ports
  const version = await policyVersion(policy, system)
  const earlier = await store.policy(policy.name)
  if (earlier?.version === version) return earlier
  if (basedOn === null && earlier !== undefined)
    throw new UsageError(`There is a policy "${policy.name}" already. Give this one another name, or change that one.`)
  if (basedOn !== undefined && basedOn !== null && earlier?.version !== basedOn) throw changedMeanwhile(policy.name)
  const stored = { name: policy.name, policy, version, enabled: false, createdAt: system.now() }
  // What the policy says may name people, in patterns of e-mails: it stands beside the log, and its digest in it.
  const fact = { event: 'policy-imported', subject: policy.name, details: { version } }
  await auditLog.append({ ...fact, at: system.now(), actor: by }, { policy })
  if (!(await store.putPolicy(stored, earlier))) throw changedMeanwhile(policy.name)
  return stored
}

/** Enables or disables a policy. Enabling counts firings from now on, never backwards. */
export async function switchPolicy(name: string, enabled: boolean, by: string, ports: Ports): Promise<StoredPolicy> {
  const { store, auditLog, system } = ports
  const found = await findPolicy(name, ports)
  if (found.enabled === enabled) return found
  if (enabled && found.policy.schedule !== undefined && nextFiring(found.policy.schedule, system.now()) === undefined)
    throw new UsageError(
      `The schedule of "${found.name}" has no firing left: it was ${describeSchedule(found.policy.schedule)}. Change it and import the policy again.`,
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
  // Firings and previews are marked on it, which must not keep anybody from turning it off.
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
