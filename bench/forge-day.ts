// What a day of one installation inside Jira costs: 10,000 people, one daily policy, an admin who looks once. In the units
// that the platform bills, with what it gives away beside them: for the whole app, whatever its number of installations.

import type { Counts } from '@rollcall/forge-host'
import removeServers, { folderOfRun } from '../tests/mariadb/run.js'
import { atLeast, atMost, note, report } from './support/figures.js'

const [people, accounts, hours, days] = [10_000, 25, 24, 30]
const hour = 3_600_000
const gigabyte = 1e9

/** Per app and month: what is free, and dollars for each unit beyond it. */
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

const world = await openForgeWorld({ users: people, now: new Date().toISOString() })
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

/** An admin looks at what happened. */
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
  note('forge-day: connected, read and enabled; the day begins')
  host.resetCounts()
  let quiet: { readonly gbSeconds: number; readonly requests: number } | undefined
  for (let passed = 0; passed < hours; passed += 1) {
    const before = host.counts()
    host.advance(hour)
    await host.tick()
    await host.idle(600_000)
    const after = host.counts()
    const gbSeconds = sumOf(after, 'gbSeconds') - sumOf(before, 'gbSeconds')
    if (quiet === undefined || gbSeconds < quiet.gbSeconds)
      quiet = { gbSeconds, requests: after.sql.requests - before.sql.requests }
  }
  await look()
  const counts = host.counts()
  const day = billed(counts, await bytes(), hours)
  const applied = (await app.runs(50)).reduce((sum, run) => sum + run.counts.applied, 0)

  note(`${'one day'.padEnd(26)} ${'day'.padStart(10)} ${'30 days'.padStart(10)} ${'free'.padStart(10)}   part of it`)
  const shares = Object.entries(prices).map(([unit, { free }]) => {
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
  note(`a quiet hour: ${quiet?.gbSeconds.toFixed(3)} GB-seconds, ${quiet?.requests} SQL requests`)
  note(`a month without anything free: ${beyond.toFixed(2)} dollars`)
  report(
    [
      atLeast('accounts applied by the schedule', applied, accounts),
      atMost('part of what is free in a month that one installation uses', Math.max(...shares), 1),
      atMost('GB-seconds of a quiet hour', quiet?.gbSeconds ?? Infinity, 0.5),
    ],
    {
      people,
      day,
      invocations: sumOf(counts, 'invocations'),
      requests: counts.egress.requests,
      quiet,
      dollars: beyond,
    },
  )
} finally {
  await world.close()
  await removeServer()
}
