// Names and addresses that Atlassian no longer sends: a service account stays protected, for all accounts and for one.

import { describe, expect, it } from 'vitest'
import { protectedBy, type Account } from '../src/index.js'
import { memoryWorld, organization, person, testNow, type MemoryWorld } from '../src/testing/index.js'

const machine = { name: 'Release Manager', email: 'svc-jira@acme.example' }
const named = { name: 'svc jira', email: 'release@acme.example' }
const world = (service = machine) =>
  memoryWorld(organization([person('svc', service), ...Array.from({ length: 12 }, (_, n) => person(`p${n}`))]))

/** From now on Atlassian changes these accounts in its lists and single reads. */
function spoil({ directory }: MemoryWorld, change: Partial<Account>, isMeant = (_: Account) => true): () => void {
  const { readAccounts, readAccount } = directory
  const spoiled = (one: Account) => (isMeant(one) ? { ...one, ...change } : one)
  directory.readAccounts = async (...asked) => {
    const page = await readAccounts(...asked)
    return { ...page, accounts: page.accounts.map(spoiled) }
  }
  directory.readAccount = async (...asked) => spoiled(await readAccount(...asked))
  return () => Object.assign(directory, { readAccounts, readAccount })
}
const isService = ({ accountId }: Account) => accountId === 'svc'
async function whyHeld({ app, ports: { store } }: MemoryWorld, account = 'svc') {
  const { id } = await app.sync('mia')
  const found = await store.account(id, account as never)
  return found && protectedBy(found, [], testNow)?.code
}
const planned = (given: MemoryWorld, account: string) =>
  given.app.planPicked({ action: 'suspend-access', accounts: [account] } as never, 'mia')

describe.each<[string, Partial<Account>, string]>([
  ['addresses', { email: '' }, 'an email address'],
  ['names', { name: '' }, 'a name'],
])('a sync without %s', (_, change, what) => {
  it('after one that had them is not complete', async () => {
    const given = world()
    await given.app.sync('mia')
    spoil(given, change)
    const { complete, lacks } = await given.app.sync('mia')
    expect([complete, lacks]).toEqual([false, { what, now: 0, before: 100 }])
    const { refusals } = await planned(given, 'p1')
    expect(refusals.find(({ cause }) => cause === 'columns-missing')?.message).toContain(
      `Atlassian sent ${what} for only`,
    )
  })

  it('is not complete even if it is the first', async () => {
    const given = world()
    spoil(given, change)
    expect((await given.app.sync('mia')).complete).toBe(false)
  })

  it('of one account is complete', async () => {
    const given = world()
    await given.app.sync('mia')
    spoil(given, change, ({ accountId }) => accountId === 'p1')
    expect((await given.app.sync('mia')).complete).toBe(true)
    expect((await planned(given, 'p1')).plan.actions).toHaveLength(1)
  })
})

describe.each<[string, typeof machine, Partial<Account>]>([
  ['address', machine, { email: '' }],
  ['name', named, { name: '' }],
  ['name and address', machine, { name: '', email: '' }],
  ['name and address, with a new name,', machine, { name: 'Release Team', email: '' }],
])('a service account whose %s vanishes', (_, service, change) => {
  it('stays protected in every later sync, and is not changed when a person picks it', async () => {
    const given = world(service)
    expect(await whyHeld(given)).toBe('likely-service-account')
    spoil(given, change, isService)
    expect([await whyHeld(given), await whyHeld(given)]).toEqual(Array(2).fill('likely-service-account'))
    expect((await planned(given, 'svc')).plan.actions).toEqual([])
    expect(await whyHeld(given, 'p1')).toBeUndefined()
  })

  it('stays one after a sync in which the whole column was empty', async () => {
    const given = world(service)
    await given.app.sync('mia')
    const mend = spoil(given, change)
    await given.app.sync('mia')
    mend()
    spoil(given, change, isService)
    expect(await whyHeld(given)).toBe('likely-service-account')
  })
})

it('a name and an address that are no longer those of a machine count', async () => {
  const given = world()
  await given.app.sync('mia')
  const mend = spoil(given, { email: '' }, isService)
  await given.app.sync('mia')
  mend()
  spoil(given, { email: 'mia.krystof@acme.example' }, isService)
  expect(await whyHeld(given)).toBeUndefined()
})
