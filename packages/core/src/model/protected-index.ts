// The protected list as an index: which entries cover an account, without a look at each entry.

import type { Account } from './account.js'
import type { Protection } from './protection.js'
import { foldName } from './same-name.js'
import { wildcard, type Wildcard } from './wildcard.js'

/** An entry at its place in the list. */
interface Placed {
  readonly place: number
  readonly entry: Protection
}

interface Pattern extends Placed {
  readonly whole: Wildcard
  /** What the part after the last @ has to match; undefined without an @. */
  readonly domain: Wildcard | undefined
}

export interface ProtectedIndex {
  /** The entries that cover an account. An address that Atlassian hides is covered by every email entry. */
  readonly covering: (account: Account) => readonly Placed[]
  /** The entries that the account's own id, groups or address match. */
  readonly matching: (account: Account) => readonly Placed[]
}

const put = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

function patternOf(placed: Placed): Pattern {
  const text = placed.entry.subject.slice('email:'.length)
  const at = text.lastIndexOf('@')
  return { ...placed, whole: wildcard(text), domain: at < 0 ? undefined : wildcard(text.slice(at + 1)) }
}

/** Finds the patterns for an address: those for its domain, which it looks for once per domain. */
function patternFinder(patterns: readonly Pattern[]) {
  const byDomain = new Map<string, readonly Pattern[]>()
  return (email: string): readonly Pattern[] => {
    const at = email.indexOf('@')
    // A pattern with an @ matches an address with one @ only part by part.
    if (at < 0 || at !== email.lastIndexOf('@')) return patterns
    const domain = email.slice(at + 1)
    const known = byDomain.get(domain)
    if (known !== undefined) return known
    const found = patterns.filter((one) => one.domain?.test(domain) ?? true)
    byDomain.set(domain, found)
    return found
  }
}

function indexOf(list: readonly Protection[]): ProtectedIndex {
  const byAccount = new Map<string, Placed[]>()
  const byGroupId = new Map<string, Placed[]>()
  const byGroupName = new Map<string, Placed[]>()
  const patterns: Pattern[] = []
  for (const [place, entry] of list.entries()) {
    const { subject, groupIds = [] } = entry
    const placed = { place, entry }
    if (subject.startsWith('group:')) {
      put(byGroupName, foldName(subject.slice('group:'.length)), placed)
      for (const id of groupIds) put(byGroupId, id, placed)
    } else if (subject.startsWith('email:')) patterns.push(patternOf(placed))
    else put(byAccount, subject, placed)
  }
  const patternsFor = patternFinder(patterns)
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
  const ofEmail = ({ email }: Account): readonly Placed[] =>
    email === '' ? [] : patternsFor(email).filter(({ whole }) => whole.test(email))
  return {
    covering: (account) => [
      ...ofAccount(account),
      ...ofGroups(account),
      ...(account.email === '' ? patterns : ofEmail(account)),
    ],
    matching: (account) => [...ofAccount(account), ...ofGroups(account), ...ofEmail(account)],
  }
}

const indexes = new WeakMap<readonly Protection[], ProtectedIndex>()

/** The index of a list, which is made once per list: a list that was read never changes. */
export function protectedIndex(list: readonly Protection[]): ProtectedIndex {
  const known = indexes.get(list)
  if (known !== undefined) return known
  const made = indexOf(list)
  indexes.set(list, made)
  return made
}
