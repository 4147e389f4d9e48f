// The account query of the Store port over arrays: filters, three orders, pages by key.

import { lastActiveIn, productIn, inactiveFrom, statusOf, type Account } from '../model/account.js'
import { sameName } from '../model/same-name.js'
import type { AccountPage, AccountQuery, AccountSort } from '../ports.js'

type Filter = Omit<AccountQuery, 'snapshotId' | 'limit' | 'after' | 'sort'>
type Key = readonly [value: string | number, accountId: string]

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

/** Compares texts by code points, as databases do. */
export function compareText(a: string, b: string): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left === right) continue
    // Surrogates encode code points above all others.
    if (isSurrogate(left) !== isSurrogate(right)) return isSurrogate(left) ? 1 : -1
    return left - right
  }
  return a.length - b.length
}

const keyOf: Readonly<Record<AccountSort, (account: Account, query: Filter) => Key>> = {
  accountId: ({ accountId }) => [accountId, accountId],
  name: ({ name, accountId }) => [name.toLowerCase(), accountId],
  lastActive(account, query) {
    const last = lastActiveIn(account, productIn(query))
    return [last.kind === 'at' ? last.at : 0, account.accountId]
  },
}

const compareKeys = ([a, idOfA]: Key, [b, idOfB]: Key): number =>
  (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))) ||
  compareText(idOfA, idOfB)

/** True if a query matches an account. */
export function matchesQuery(account: Account, filter: Filter): boolean {
  const { search = '', status, seats, managed, product, site, inGroup, inactiveBefore } = filter
  const oneLine = (text: string) => text.toLowerCase().replaceAll('\n', ' ')
  const holds = (text: string) => !search.includes('\0') && oneLine(text).includes(oneLine(search))
  return (
    (search === '' || holds(account.name) || holds(account.email)) &&
    (status === undefined || statusOf(account) === status) &&
    (managed === undefined || account.managed === managed) &&
    (seats === undefined || statusOf(account) === 'active' || (seats !== 'held' && statusOf(account) === 'unknown')) &&
    ((product === undefined && site === undefined) ||
      account.products.some((one) => (product ?? one.product) === one.product && (site ?? one.site) === one.site)) &&
    (inGroup === undefined || account.groups.some(({ name }) => sameName(name, inGroup))) &&
    (inactiveBefore === undefined ||
      (inactiveFrom(lastActiveIn(account, productIn(filter))) ?? Infinity) < inactiveBefore)
  )
}

/** Cuts one page out of the matching accounts. */
export function pageOf(accounts: readonly Account[], query: AccountQuery): AccountPage {
  const { sort = 'accountId', after, limit } = query
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new RangeError(`A page of accounts needs a limit of at least 1, not ${limit}.`)
  const key = keyOf[sort]
  const start = after === undefined ? undefined : (JSON.parse(after) as Key)
  const rest = accounts
    .map((account) => ({ account, at: key(account, query) }))
    .filter(({ at }) => start === undefined || compareKeys(at, start) > 0)
    .toSorted((a, b) => compareKeys(a.at, b.at))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  return {
    accounts: shown.map(({ account }) => account),
    ...(rest.length > limit && last !== undefined ? { next: JSON.stringify(last.at) } : {}),
  }
}
