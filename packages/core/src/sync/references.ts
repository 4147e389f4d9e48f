// What a request refers to by name: groups, products, addresses. A name that refers to nothing is refused, since an
// exclusion by it would exclude nobody.

import type { Reference } from '../conditions/index.js'
import { DirectoryError, UsageError } from '../model/errors.js'
import type { GroupId } from '../model/ids.js'
import { patternProblem } from '../model/email-pattern.js'
import { listed } from '../model/listed.js'
import type { NamedGroup } from '../model/named-group.js'
import type { ConditionNode } from '../model/policy.js'
import { isProduct, productName } from '../model/product-name.js'
import { foldName, sameName } from '../model/same-name.js'
import type { SnapshotHead } from '../model/snapshot.js'
import { referencesIn } from '../policy/condition-tree.js'
import type { Ports } from '../ports.js'
import { accountsOf } from './snapshot-reader.js'

interface Named {
  readonly conditions: ConditionNode | undefined
  readonly group?: string | undefined
}

const where = "Correct the name in the policy's conditions."

const whereOfAction = "Correct the name of the action's group."

/** The keys of the products that an organization has. */
const productsOf = ({ seats }: SnapshotHead): readonly string[] => [
  ...new Set(seats.filter(({ sandbox }) => !sandbox).map(({ product }) => product)),
]

function requireProduct(name: string, snapshot: SnapshotHead): void {
  if (snapshot.seats.some(({ product }) => isProduct(product, name))) return
  const known = productsOf(snapshot).map((key) => `${key} (${productName(key)})`)
  throw new UsageError(
    `${snapshot.organization.name} has no product "${name}", so 0 accounts match it; it has ${listed(known)}. ${where}`,
  )
}

/** True for one whole address, without `*`. */
const isAddress = (pattern: string): boolean => !pattern.includes('*')

/** Counts the accounts of one whole address. */
async function countAddress(address: string, snapshot: SnapshotHead, ports: Ports): Promise<number> {
  let accounts = 0
  for await (const { email } of accountsOf({ snapshotId: snapshot.id, search: address }, ports))
    if (sameName(email, address)) accounts += 1
  return accounts
}

async function requireAddress(pattern: string, snapshot: SnapshotHead, ports: Ports): Promise<void> {
  const problem = patternProblem(pattern)
  if (problem !== undefined) throw new UsageError(`${problem} Correct the policy's conditions.`)
  if (!isAddress(pattern) || (await countAddress(pattern, snapshot, ports)) > 0) return
  throw new UsageError(
    `0 accounts of ${snapshot.organization.name} have the address ${pattern}. Correct the address in the policy's conditions.`,
  )
}

/** Finds the ids of a group by Atlassian's own lookup. Throws when it finds none, or only groups with other names. */
async function idsOfGroup(
  name: string,
  { organization }: SnapshotHead,
  { directory }: Ports,
  correct = where,
): Promise<NamedGroup> {
  const found = await directory.groupsNamed(name)
  const named = found.filter((group) => sameName(group.name, name))
  const [other] = found
  if (named.length > 0) return { name, ids: [...new Set(named.map(({ id }) => id))] }
  throw new UsageError(
    other === undefined
      ? `${organization.name} has no group "${name}". ${correct}`
      : `Atlassian finds no group "${name}", but "${other.name}". Write the name as Atlassian does. ${correct}`,
  )
}

/** The ids of protected groups that were added before the first sync. Unknown ones stay protected by their name. */
async function idsOfProtected({ directory, store }: Ports): Promise<readonly NamedGroup[]> {
  const found: NamedGroup[] = []
  for (const { subject, groupIds } of await store.protections()) {
    if (!subject.startsWith('group:') || groupIds !== undefined) continue
    const name = subject.slice('group:'.length)
    const ids: readonly GroupId[] = (await directory.groupsNamed(name)).map(({ id }) => id)
    if (ids.length > 0) found.push({ name, ids })
  }
  return found
}

const uniqueBy = (references: readonly Reference[]): readonly Reference[] => [
  ...new Map(references.map((one) => [`${one.kind} ${one.name}`, one])).values(),
]

/**
 * Checks that everything exists to which the conditions and the action of a request refer, and resolves its groups to
 * ids: everything later judges by them. Throws a `UsageError` that says what exists.
 */
export async function groupIdsOf(
  { conditions, group }: Named,
  snapshot: SnapshotHead,
  ports: Ports,
): Promise<readonly NamedGroup[]> {
  const groups: NamedGroup[] = []
  for (const { kind, name } of uniqueBy(conditions === undefined ? [] : referencesIn(conditions))) {
    if (kind === 'product') requireProduct(name, snapshot)
    if (kind === 'email') await requireAddress(name, snapshot, ports)
    if (kind === 'group') groups.push(await idsOfGroup(name, snapshot, ports))
  }
  const known = (name: string) => groups.some((one) => foldName(one.name) === foldName(name))
  if (group !== undefined && !known(group)) groups.push(await idsOfGroup(group, snapshot, ports, whereOfAction))
  return [...groups, ...(await idsOfProtected(ports))]
}

/** Checks the same when a policy is imported, as far as the newest snapshot and a connection allow. */
export async function checkReferences(request: Named, snapshot: SnapshotHead, ports: Ports): Promise<void> {
  try {
    await groupIdsOf(request, snapshot, ports)
  } catch (failure) {
    // Without an answer from Atlassian a group cannot be looked up; the plan asks again.
    if (!(failure instanceof DirectoryError)) throw failure
  }
}
