// Earlier use: Atlassian tells no activity of products that somebody does not have any more. Whoever lost a product
// yesterday and had used it the day before would look as if they had never been active; so what an earlier reading told
// of it is remembered. Called by sync and by recheck.

import type { Account, LastActive } from './account.js'
import type { Snapshot } from './organization.js'
import type { Ports } from './ports.js'

const portion = 1000

const newer = (one: LastActive | undefined, at: number): LastActive =>
  one === undefined || (one.kind === 'at' && one.at < at) || one.kind === 'never' ? { kind: 'at', at } : one

/** Adds the newest use that an earlier reading of the account told, of whatever it does not have any more. */
export function withEarlierUse(account: Account, earlier: Account | undefined): Account {
  if (earlier === undefined) return account
  const lost = earlier.products.filter(({ workspace }) => !account.products.some((one) => one.workspace === workspace))
  const told = [
    ...lost.map(({ lastActive }) => lastActive),
    ...(earlier.elsewhere === undefined ? [] : [earlier.elsewhere]),
  ]
  const known = told.flatMap((one) => (one.kind === 'at' ? [one.at] : []))
  return known.length === 0 ? account : { ...account, elsewhere: newer(account.elsewhere, Math.max(...known)) }
}

async function* byId({ id: snapshotId }: Snapshot, { store }: Ports): AsyncGenerator<Account> {
  let after: string | undefined
  do {
    const query = { snapshotId, sort: 'accountId', limit: portion } as const
    const page = await store.accounts(after === undefined ? query : { ...query, after })
    yield* page.accounts
    after = page.next
  } while (after !== undefined)
}

/** Carries earlier use from the snapshot before into a new one: both are read once, in the order of their ids. */
export async function carryEarlierUse(snapshot: Snapshot, before: Snapshot, ports: Ports): Promise<void> {
  const earlier = byId(before, ports)
  let [held, waiting] = [await earlier.next(), [] as Account[]]
  for await (const account of byId(snapshot, ports)) {
    while (held.done !== true && held.value.accountId < account.accountId) held = await earlier.next()
    const same = held.done !== true && held.value.accountId === account.accountId ? held.value : undefined
    const remembered = withEarlierUse(account, same)
    if (remembered !== account) waiting.push(remembered)
    if (waiting.length < portion) continue
    await ports.store.putAccounts(snapshot.id, waiting)
    waiting = []
  }
  if (waiting.length > 0) await ports.store.putAccounts(snapshot.id, waiting)
}
