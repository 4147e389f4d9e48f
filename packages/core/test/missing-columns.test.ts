// A column that Atlassian sends empty: all accounts are there, and yet nobody may lose access.

import { expect, it } from 'vitest'
import type { Account } from '../src/index.js'
import { memoryWorld, organization, person, policy } from '../src/testing/index.js'

const people = Array.from({ length: 8 }, (_, n) => person(`p${n}`))
const world = () => memoryWorld(organization(people))
type Given = ReturnType<typeof world>

function spoil({ directory }: Given, change: Partial<Account>) {
  const list = directory.readAccounts
  directory.readAccounts = async (...asked) => {
    const page = await list(...asked)
    return { ...page, accounts: page.accounts.map((one) => ({ ...one, ...change })) }
  }
}
async function refusals(given: Given) {
  await given.app.sync('mia')
  const planned = await given.app.planPicked({ action: 'suspend-access', accounts: ['p1'] } as never, 'mia')
  return planned.refusals.filter(({ code }) => code === 'snapshot-incomplete').map(({ message }) => message)
}

it.each<[string, Partial<Account>]>([
  ['groups', { groups: [] }],
  ['joining dates', { addedAt: undefined }],
  ['activity', { products: [] }],
])('a sync after which nobody has %s any more is not complete', async (_, change) => {
  const given = world()
  expect(await refusals(given)).toEqual([])
  spoil(given, change)
  expect((await refusals(given))[0]).toContain('% of the accounts')
})

it.each<[string, Partial<Account>]>([
  ['groups', { groups: [] }],
  ['activity', { products: [] }],
])('a first sync in which nobody has %s although seats are in use is not complete', async (_, change) => {
  const given = world()
  spoil(given, change)
  expect((await refusals(given))[0]).toContain('although seats are in use')
})

it.each<[string, Partial<Account>]>([
  ['groups have vanished', { groups: [] }],
  ['use is unknown', { elsewhere: { kind: 'unknown', why: 'Atlassian sent no product access' } }],
])('an account whose %s at the last look is not changed, also when a person picked it', async (_, change) => {
  for (const [picked, kept] of [
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ]) {
    const given = world()
    await given.app.sync('mia')
    const { plan } = picked
      ? await given.app.planPicked({ action: 'suspend-access', accounts: ['p1'] } as never, 'mia')
      : await given.app.planFile(
          policy({ scope: 'organization', actions: ['suspend-access'], limits: { take: 1, percent: 20 } }),
          'mia',
        )
    const approval = await given.app.approve(
      { planId: plan.planId, fingerprint: plan.fingerprint, accepted: ['too-many', 'over-budget'] as never },
      'mia',
    )
    if (!('run' in approval)) throw new Error(approval.refusals.map(({ message }) => message).join())
    // Later syncs replace the snapshot of the plan.
    if (kept !== true) await given.ports.store.dropAccountsExcept([])
    const read = given.directory.readAccount
    given.directory.readAccount = async (...asked) => ({ ...(await read(...asked)), ...change })
    await given.app.work(approval.run.runId, { until: Number.MAX_SAFE_INTEGER })
    expect(given.directory.arrived).toEqual([])
  }
})
