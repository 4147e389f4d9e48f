// The cost of one day of one installation inside Jira: 10,000 users, one daily policy, an admin who looks once. It uses the
// units that the platform bills, and compares them with the free allowance, which is for all installations together.

import type { Counts } from '@rollcall/forge-host'
import removeServers, { folderOfRun } from '../tests/mariadb/run.js'
import { atLeast, atMost, note, report } from './support/figures.js'

const [users, accounts, hours, days] = [10_000, 25, 24, 30]
const hour = 3_600_000
const gigabyte = 1e9

/** Per app and month: the free allowance, and dollars for each unit above it. */
const prices = {
  'GB-seconds of functions': { free: 100_000, dollars: 0.000025 },
  'hours of SQL': { free: 1, dollars: 0.143 },
  'SQL requests': { free: 100_000, dollars: 1.929 / 1e6 },
  'GB-hours of SQL storage': { free: 730, dollars: 0.0007685 },
  'GB read from storage': { free: 0.1, dollars: 0.055 },
  'GB written to storage': { free: 0.1, dollars: 1.09 },
  'GB of logs': { free: 1, dollars: 1.005 },
} as const
type Unit = keyof typeof prices

const sumOf = ({ functions }: Counts, of: 'invocations' | 'gbSeconds') =>
  Object.values(functions).reduce((sum, one) => sum + one[of], 0)

const billed = (counts: Counts, databaseBytes: number, overHours: number): Readonly<Record<Unit, number>> => ({
  'GB-seconds of functions': sumOf(counts, 'gbSeconds'),
  'hours of SQL': counts.sql.seconds / 3600,
  'SQL requests': counts.sql.requests,
  'GB-hours of SQL storage': (databaseBytes / gigabyte) * overHours,
  'GB read from storage': counts.kvs.readBytes / gigabyte,
  'GB written to storage': counts.kvs.writtenBytes / gigabyte,
  'GB of logs': counts.logs.bytes / gigabyte,
})

const removeServer = await removeServers()
process.env['ROLLCALL_MARIADB'] = folderOfRun()
const { ask } = await import('../tests/forge/app.js')
const { openForgeWorld } = await import('../tests/forge/world.js')

const world = await openForgeWorld({ users, now: new Date().toISOString() })
const { app, host } = world
const bytes = async () => (await host.database?.bytes()) ?? 0
const policy = {
  name: 'Free unused Jira seats',
  scope: { site: 'acme.atlassian.net', product: 'jira-software' },
  conditions: { 'inactive-for': '90d' },
  actions: ['revoke-product-access'],
  schedule: { every: '1 day', at: '03:00', timeZone: 'UTC' },
  approval: 'automatic',
  limits: { take: accounts },
}

/** An admin looks at the result. */
async function look(): Promise<void> {
  for (const operation of ['overview', 'policies', 'plans', 'runs', 'protections', 'licenses'])
    await ask(host, operation)
  const [newest] = (await app.runs(50)).toReversed()
  if (newest !== undefined) await app.results(newest.runId)
  for (let page = 0; page < 5; page += 1) await ask(host, 'accounts', { query: { limit: 50 } })
  await ask(host, 'audit', { query: { limit: 200 } })
}

try {
  await app.sync('mia')
  await ask(host, 'importPolicy', { body: policy })
  await ask(host, 'plan', { body: { policy: policy.name } })
  await ask(host, 'enablePolicy', { params: { name: policy.name } })
  await host.tick()
  await host.idle(600_000)
  note('forge-day: connected, synced and enabled; the day begins')
  host.resetCounts()
  let idle: { readonly gbSeconds: number; readonly requests: number } | undefined
  for (let passed = 0; passed < hours; passed += 1) {
    const before = host.counts()
    host.advance(hour)
    await host.tick()
    await host.idle(600_000)
    const after = host.counts()
    const gbSeconds = sumOf(after, 'gbSeconds') - sumOf(before, 'gbSeconds')
    if (idle === undefined || gbSeconds < idle.gbSeconds)
      idle = { gbSeconds, requests: after.sql.requests - before.sql.requests }
  }
  await look()
  const counts = host.counts()
  const day = billed(counts, await bytes(), hours)
  const applied = (await app.runs(50)).reduce((sum, run) => sum + run.counts.applied, 0)

  note(
    `${'one day'.padEnd(26)} ${'day'.padStart(10)} ${'30 days'.padStart(10)} ${'free'.padStart(10)}   percentage of it`,
  )
  const parts = Object.entries(prices).map(([unit, { free }]) => {
    const [one, month] = [day[unit as Unit], day[unit as Unit] * days]
    const figures = [one, month, free].map((value) => Number(value.toPrecision(3)).toString().padStart(10))
    note(`${unit.padEnd(26)} ${figures.join(' ')}   ${((100 * month) / free).toFixed(1)} %`)
    return month / free
  })
  const beyond = Object.entries(prices).reduce(
    (sum, [unit, price]) => sum + day[unit as Unit] * days * price.dollars,
    0,
  )
  note(`${sumOf(counts, 'invocations')} invocations, ${counts.egress.requests} requests to Atlassian`)
  note(`an idle hour: ${idle?.gbSeconds.toFixed(3)} GB-seconds, ${idle?.requests} SQL requests`)
  note(`a month without the free allowance: ${beyond.toFixed(2)} dollars`)
  report(
    [
      atLeast('accounts applied by the schedule', applied, accounts),
      atMost('part of the free monthly allowance that one installation uses', Math.max(...parts), 1),
      atMost('GB-seconds of an idle hour', idle?.gbSeconds ?? Infinity, 0.5),
    ],
    {
      users,
      day,
      invocations: sumOf(counts, 'invocations'),
      requests: counts.egress.requests,
      idle,
      dollars: beyond,
    },
  )
} finally {
  await world.close()
  await removeServer()
}
