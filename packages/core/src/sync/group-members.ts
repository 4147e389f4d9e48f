// The members of the groups in two snapshots: a group that loses many at once either was changed by mistake, or Atlassian
// left members out. Sync counts while it reads both snapshots anyway.

import type { Account } from '../model/account.js'
import { foldName } from '../model/same-name.js'
import type { LostMembers, SnapshotHead } from '../model/snapshot.js'

/** So many members at least must be gone: one may leave. */
const fewMembers = 2
/** The part of its members that a group must have lost, in percent. */
const lostPart = 20

/** The members by group. */
export type MemberCounts = Map<string, { readonly name: string; members: number }>

/** Hands the accounts of a snapshot on, and counts the members of each group. */
export async function* countMembers(accounts: AsyncIterable<Account>, counts: MemberCounts): AsyncGenerator<Account> {
  for await (const account of accounts) {
    for (const { id, name } of account.groups) {
      const count = counts.get(id)
      if (count === undefined) counts.set(id, { name, members: 1 })
      else count.members += 1
    }
    yield account
  }
}

const lostMany = ({ now, before }: Pick<LostMembers, 'now' | 'before'>): boolean =>
  before - now >= fewMembers && (before - now) * 100 >= before * lostPart

/**
 * Lists the groups that lost a good part of their members since the complete snapshot before. A loss which that one shows
 * already stays until the members return, or a person accepts a snapshot: another sync of the same data proves nothing.
 */
export function lostMembers(
  now: MemberCounts,
  before: MemberCounts,
  { lostMembers: known = [], acceptedAsBaseline }: Pick<SnapshotHead, 'lostMembers' | 'acceptedAsBaseline'>,
): readonly LostMembers[] {
  const earlier = new Map([...before].map(([id, { name, members }]) => [id, { name, members }]))
  if (acceptedAsBaseline !== true)
    for (const { id, name, before: members } of known)
      earlier.set(id, { name, members: Math.max(members, earlier.get(id)?.members ?? 0) })
  const byName = new Map([...now.values()].map(({ name, members }) => [foldName(name), members]))
  return [...earlier].flatMap(([id, { name, members }]) => {
    // A group that somebody deleted and created again has another id.
    const lost = {
      id: id as LostMembers['id'],
      name,
      now: now.get(id)?.members ?? byName.get(foldName(name)) ?? 0,
      before: members,
    }
    return lostMany(lost) ? [lost] : []
  })
}
