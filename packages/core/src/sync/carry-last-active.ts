// Carries last-active dates: Atlassian shows no activity in products that an account no longer has. An account that lost a
// product yesterday and used it the day before would look never active, so Rollcall keeps what an earlier read showed. It
// also keeps the activity in a product where Atlassian suddenly says "never", and the protection of a service account.
// Sync and recheck call it.

import { latestPossible, usedProducts, type Account, type LastActive, type ProductAccess } from '../model/account.js'
import { isPlausible } from '../model/plausible-instant.js'
import type { Ports } from '../ports.js'
import type { Instant } from '../model/time.js'
import type { LostMembers, SnapshotHead } from '../model/snapshot.js'
import { withEarlierProtection } from './carry-protection.js'
import { countMembers, lostMembers, type MemberCounts } from './group-members.js'

const portion = 1000

/** The later of two; unknown stays unknown. */
function later(one: LastActive | undefined, other: LastActive): LastActive {
  if (one === undefined || one.kind === 'never') return other
  return one.kind === 'at' && other.kind === 'at' && latestPossible(one) < latestPossible(other) ? other : one
}

/** Who has used a product, has not never used it: the earlier date stays, as far as it is real. */
function neverOnlyOnce(
  products: readonly ProductAccess[],
  earlier: readonly ProductAccess[],
  readAt: Instant,
): readonly ProductAccess[] {
  const kept = products.map((one) => {
    const before = earlier.find(({ workspace }) => workspace === one.workspace)?.lastActive
    const vanished = one.lastActive.kind === 'never' && before?.kind === 'at' && isPlausible(before.at, readAt)
    return vanished ? { ...one, lastActive: before } : one
  })
  return kept.some((one, index) => one !== products[index]) ? kept : products
}

/**
 * Adds the newest activity that an earlier read of the account showed in products which it has no more. If that activity
 * was unknown, `readAt` is the latest possible time: the account still had the product then. Keeps the activity in products
 * that it has, where this read says that it never used them. Keeps its protection, where its name or address is missing.
 */
export function withEarlierActivity(seen: Account, earlier: Account | undefined, readAt: Instant): Account {
  if (earlier === undefined) return seen
  const account = withEarlierProtection(seen, earlier)
  const shown = usedProducts(account)
  const lost = usedProducts(earlier).filter(({ workspace }) => !shown.some((one) => one.workspace === workspace))
  const known = lost.map(({ lastActive }): LastActive => {
    if (lastActive.kind === 'never') return lastActive
    const real = lastActive.kind === 'at' && isPlausible(lastActive.at, readAt)
    return real ? lastActive : { kind: 'at', at: readAt }
  })
  if (earlier.elsewhere !== undefined) known.push(earlier.elsewhere)
  const products = neverOnlyOnce(account.products, usedProducts(earlier), readAt)
  let remembered = products === account.products ? account : { ...account, products }
  for (const last of known) {
    if (last.kind === 'at') remembered = { ...remembered, elsewhere: later(remembered.elsewhere, last) }
  }
  return remembered
}

/** Streams the accounts of a snapshot in the order of their ids. */
export async function* accountsById({ id: snapshotId }: SnapshotHead, { store }: Ports): AsyncGenerator<Account> {
  let after: string | undefined
  do {
    const query = { snapshotId, sort: 'accountId', limit: portion } as const
    const page = await store.accounts(after === undefined ? query : { ...query, after })
    yield* page.accounts
    after = page.next
  } while (after !== undefined)
}

/**
 * Carries last-active dates from the snapshot before into a new one. Reads both once, in the order of account ids, hands
 * each account to `count` as it is then, and returns the groups that lost members.
 */
export async function carryLastActive(
  snapshot: SnapshotHead,
  before: SnapshotHead,
  ports: Ports,
  count: (account: Account) => void = () => undefined,
): Promise<readonly LostMembers[]> {
  const members: MemberCounts = new Map()
  const membersBefore: MemberCounts = new Map()
  const earlier = countMembers(accountsById(before, ports), membersBefore)
  let [current, waiting] = [await earlier.next(), [] as Account[]]
  for await (const account of countMembers(accountsById(snapshot, ports), members)) {
    while (current.done !== true && current.value.accountId < account.accountId) current = await earlier.next()
    const same = current.done !== true && current.value.accountId === account.accountId ? current.value : undefined
    const remembered = withEarlierActivity(account, same, before.asOf ?? before.startedAt)
    count(remembered)
    if (remembered !== account) waiting.push(remembered)
    if (waiting.length < portion) continue
    await ports.store.putAccounts(snapshot.id, waiting)
    waiting = []
  }
  if (waiting.length > 0) await ports.store.putAccounts(snapshot.id, waiting)
  while (current.done !== true) current = await earlier.next()
  return lostMembers(members, membersBefore, before)
}
