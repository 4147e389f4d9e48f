// The protected list as an index: which entries cover an account, without a look at each entry. And who an admin said is
// a person.

import type { Account } from './account.js'
import { addressPatterns } from './address-patterns.js'
import type { Protection, ProtectionRule } from './protection-entry.js'
import { foldName } from './same-name.js'

/** An entry at its place in the list. */
interface Placed {
  readonly place: number
  readonly entry: Protection
}

export interface ProtectedIndex {
  /** The entries that cover an account. An address that Atlassian hides is covered by every email entry. */
  readonly covering: (account: Account) => readonly Placed[]
  /** The entries that the account's own id, groups or address match. */
  readonly matching: (account: Account) => readonly Placed[]
  /** True for an account of which an admin said that it is a person. */
  readonly isConfirmed: (account: Pick<Account, 'accountId'>) => boolean
}

const put = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

function indexOf(list: readonly ProtectionRule[]): ProtectedIndex {
  const confirmed = new Set<string>()
  const byAccount = new Map<string, Placed[]>()
  const byGroupId = new Map<string, Placed[]>()
  const byGroupName = new Map<string, Placed[]>()
  const patterns: Placed[] = []
  for (const [place, entry] of list.entries()) {
    const { subject, groupIds = [], isPerson } = entry
    if (isPerson === true) {
      confirmed.add(subject)
      continue
    }
    const placed = { place, entry }
    if (subject.startsWith('group:')) {
      put(byGroupName, foldName(subject.slice('group:'.length)), placed)
      for (const id of groupIds) put(byGroupId, id, placed)
    } else if (subject.startsWith('email:')) patterns.push(placed)
    else put(byAccount, subject, placed)
  }
  const patternsFor = addressPatterns(patterns.map((of) => ({ pattern: of.entry.subject.slice('email:'.length), of })))
  const named = new Map<string, readonly Placed[]>()
  const ofName = (name: string): readonly Placed[] => {
    const known = named.get(name)
    if (known !== undefined) return known
    const found = byGroupName.get(foldName(name)) ?? []
    named.set(name, found)
    return found
  }
  const ofGroups = ({ groups }: Account): readonly Placed[] =>
    byGroupName.size === 0 ? [] : groups.flatMap((group) => [...ofName(group.name), ...(byGroupId.get(group.id) ?? [])])
  const ofAccount = ({ accountId }: Account): readonly Placed[] => byAccount.get(accountId) ?? []
  let newest: { readonly email: string; readonly found: readonly Placed[] } = { email: '', found: [] }
  // A plan asks twice in a row: what protects an account, and which entries protect anybody.
  const ofEmail = ({ email }: Account): readonly Placed[] => {
    if (email !== newest.email) newest = { email, found: patternsFor(email) }
    return newest.found
  }
  return {
    covering: (account) => [
      ...ofAccount(account),
      ...ofGroups(account),
      ...(account.email === '' ? patterns : ofEmail(account)),
    ],
    matching: (account) => [...ofAccount(account), ...ofGroups(account), ...ofEmail(account)],
    isConfirmed: ({ accountId }) => confirmed.has(accountId),
  }
}

const indexes = new WeakMap<readonly ProtectionRule[], ProtectedIndex>()

/** The index of a list, which is made once per list: a list that was read never changes. */
export function protectedIndex(list: readonly ProtectionRule[]): ProtectedIndex {
  const known = indexes.get(list)
  if (known !== undefined) return known
  const made = indexOf(list)
  indexes.set(list, made)
  return made
}
