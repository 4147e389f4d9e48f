// Writes thousands of accounts directly into a store, the same ones in every run.

import { brandId, type Account, type Snapshot, type Store } from '@rollcall/core'
import { product, site } from './rollcall.js'

const day = 86_400_000
const firstNames = ['Mia', 'Noah', 'Elif', 'Søren', 'Chloé', 'Aarav', 'Yuki', 'Zofia']
const lastNames = ['Krystof', 'Okafor', 'Müller', 'Yılmaz', 'Nguyen', 'Sato', 'Rossi']

function account(index: number, now: number, groups: number): Account {
  // A multiplicative shuffle, so that neighbours in one order are not neighbours in another one.
  const mixed = Math.imul(index, 2_654_435_761) >>> 0
  const workspace = (name: string) => ({ workspace: brandId<never>(`ari:cloud:${name}::site/1`), site, product: name })
  const lastActive =
    mixed % 20 === 0
      ? ({ kind: 'never', since: now - 400 * day } as const)
      : ({ kind: 'at', at: now - (mixed % 500) * day - (mixed % 86_399) * 1000 } as const)
  const name = `${firstNames[mixed % firstNames.length]} ${lastNames[mixed % lastNames.length]}`
  return {
    accountId: brandId(`5${mixed.toString(16).padStart(8, '0')}${index.toString(16).padStart(15, '0')}`),
    name,
    email: `${name.toLowerCase().replace(' ', '.')}.${index}@acme.example`,
    accountType: 'atlassian',
    managed: mixed % 7 !== 0,
    synced: mixed % 11 === 0,
    accountStatus: mixed % 33 === 0 ? 'inactive' : 'active',
    membershipStatus: mixed % 31 === 0 ? 'suspended' : 'active',
    addedAt: now - 900 * day,
    platformRoles: [],
    products: [product, ...(mixed % 2 === 0 ? ['confluence'] : [])].map((one) => ({ ...workspace(one), lastActive })),
    groups: Array.from({ length: groups }, (_, of) =>
      of === 0 ? 'jira-users-acme' : `team-${(mixed + of - 1) % 40}`,
    ).map((group) => ({ id: brandId<never>(group), name: group })),
  }
}

/** Writes a finished snapshot with `accounts` accounts, each in `groups` groups. */
export async function writeAccounts(
  store: Store,
  accounts: number,
  now: number,
  { groups = 2, id = 'snapshot' } = {},
): Promise<Snapshot> {
  const snapshot: Snapshot = {
    id: brandId(id),
    organization: { id: brandId('organization'), name: 'Acme' },
    startedAt: now,
    asOf: now,
    complete: true,
    accounts,
    expected: accounts,
    cursor: undefined,
    seats: [],
    directories: [],
    groups: [],
    admins: 2,
    inactive: 0,
  }
  for (let start = 0; start < accounts; start += 1000)
    await store.putAccounts(
      snapshot.id,
      Array.from({ length: Math.min(1000, accounts - start) }, (_, index) => account(start + index, now, groups)),
    )
  await store.putSnapshot(snapshot)
  return snapshot
}
