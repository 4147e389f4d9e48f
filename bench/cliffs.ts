// Work that must not grow with what an organization has collected: many snapshots with large heads, many exemptions, reads
// one by one, and a search that finds nothing. Each figure has its comparison next to it; both take turns.

import { brandId, type GroupGrant, type Step, type Veto } from '@rollcall/core'
import { writeAccounts } from './support/accounts.js'
import { atMost, median, note, report, timed } from './support/figures.js'
import { openRollcall } from './support/rollcall.js'

/** Fewer than the 150,000 of other benchmarks, so that this one ends within 90 seconds. */
const accounts = 30_000
const [snapshots, groupsPerHead, exemptions, rounds] = [30, 1500, 5000, 15]

const rollcall = await openRollcall({ url: 'http://127.0.0.1:9', organizationId: 'organization', key: 'none' })
const { app, ports, driver } = rollcall
const { store } = ports
const now = Date.now()

note(`cliffs: writing ${accounts} accounts and ${snapshots} snapshot heads with ${groupsPerHead} groups each`)
const newest = await writeAccounts(store, accounts, now)
const groups = Array.from({ length: groupsPerHead }, (_, n): GroupGrant => ({
  id: brandId(`group-${String(n).padStart(8, '0')}`),
  name: `A group of the team number ${n}`,
  directoryId: brandId('directory'),
  modifiable: true,
  isDefault: false,
  grants: [brandId(`ari:cloud:jira-software::site/${n % 60}`), brandId(`ari:cloud:confluence::site/${n % 60}`)],
}))
for (let n = 0; n < snapshots; n += 1)
  await store.putSnapshot({ ...newest, id: brandId(`old-${n}`), startedAt: now - (n + 1) * 1000, asOf: now, groups })
await store.putSnapshot({ ...newest, groups })

/** Measures two kinds of work in turns. */
async function sideBySide(one: () => unknown, other: () => unknown) {
  const times = { one: [] as number[], other: [] as number[] }
  await one()
  await other()
  for (let round = 0; round < rounds; round += 1) {
    times.one.push(await timed(one))
    times.other.push(await timed(other))
  }
  return { one: median(times.one), other: median(times.other) }
}

/** The longest time for which nothing else ran, while `work` went on. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  await work()
  await new Promise((resolve) => setTimeout(resolve, 5))
  clearInterval(timer)
  return longest
}

// Before anything else: the first search of a snapshot reads its text.
const hold = await longestHold(() => app.accounts({ search: 'nobody-has-this-name', limit: 50 }))

const overview = await sideBySide(
  () => app.overview(),
  () => store.snapshots(snapshots),
)
const search = await sideBySide(
  () => app.accounts({ search: 'nobody-has-this-name', limit: 50 }),
  () => app.accounts({ search: 'mia', limit: 50 }),
)

const veto = (n: number): Veto => ({
  accountId: brandId(`exempt-${n}`),
  action: 'suspend-access',
  runId: brandId('another-run'),
  since: now,
  until: now + 1,
  times: 1,
})
const ofRun = () => store.vetoesOfRun(brandId('this-run'))
for (let n = 0; n < 10; n += 1) await store.putVeto(veto(n))
const few = await sideBySide(ofRun, ofRun)
driver.exec('begin')
for (let n = 10; n < exemptions; n += 1) await store.putVeto(veto(n))
driver.exec('commit')
const many = await sideBySide(ofRun, () => store.vetoes())

const ids = (await app.accounts({ limit: 1000 })).accounts.map(({ accountId }) => accountId)
const lease = await store.claimLease('bench', now, now + 1e9)
driver.exec('begin')
for (const [position, accountId] of ids.entries()) {
  const step = { runId: brandId('run'), position, accountId, action: 'suspend-access', target: {}, state: 'intent' }
  const intent = { ...step, attempts: 0, changes: [], intentAt: now } as unknown as Step
  await store.putStep(intent, lease ?? { token: 1 })
}
driver.exec('commit')
const read = await sideBySide(
  () => store.someAccounts(newest.id, ids),
  async () => {
    for (const id of ids) await store.account(newest.id, id)
  },
)
const steps = await sideBySide(
  () => store.stepsOfSome(ids),
  async () => {
    for (const id of ids) await store.stepsOf(id)
  },
)

report(
  [
    atMost(`ms for the overview with ${snapshots} snapshots of ${groupsPerHead} groups`, overview.one, 50),
    atMost('search without hits, times a page with hits', search.one / search.other, 3),
    atMost('ms for which the first search keeps others waiting', hold, 100),
    atMost(`reading a run's exemptions among ${exemptions}, times reading all`, many.one / many.other, 0.1),
    atMost('1,000 accounts at once, times one by one', read.one / read.other, 0.8),
    atMost('the steps of 1,000 accounts at once, times one by one', steps.one / steps.other, 0.8),
  ],
  {
    accounts,
    overview: { ms: overview.one, wholeHeadsMs: overview.other },
    search: { withoutHitsMs: search.one, withHitsMs: search.other, hold },
    exemptions: { fewMs: few.one, manyMs: many.one, allMs: many.other },
    batches: { accountsMs: read, stepsMs: steps },
  },
)
await rollcall.close()
