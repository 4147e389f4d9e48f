// npm run forge:local: the Forge app on its local host, with its own MariaDB and simulated Atlassian.
//   --port 3100    the port of the page
//   --as bob       the user who opens it; only mia is a Jira admin
//   --first-use    start without a connected organization
//   --once         do the main job, print its cost, and end

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { startForgeHost, type Counts, type ForgeHost } from '@rollcall/forge-host'
import { ask } from '../tests/forge/app.js'
import removeServers, { folderOfRun } from '../tests/mariadb/run.js'
import { startServer } from '../tests/mariadb/server.js'
import { startSimulator } from './simulator.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const appFolder = join(root, 'apps/forge')
const bundle = join(appFolder, 'dist/index.cjs')
const built = [bundle, join(root, 'apps/ui/dist/index.html')]
const admin = 'mia'
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3100' },
    as: { type: 'string', default: admin },
    'first-use': { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
  },
})
const closing: (() => Promise<void>)[] = []
let ended: Promise<void> | undefined
async function closeAll() {
  for (const close of closing.toReversed()) await close()
}
/** Stops everything and ends. Runs only once, because Ctrl-C arrives from the terminal and again from npm. */
const end = (status: number): Promise<void> => (ended ??= closeAll().finally(() => process.exit(status)))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(0))

async function start() {
  // With --once it may run at the same time as tests, which use the existing build.
  if (!values.once || !built.every((file) => existsSync(file)))
    if (spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' }).status !== 0)
      throw new Error('The build failed.')
  closing.push(await removeServers())
  mkdirSync(folderOfRun())
  const server = await startServer(folderOfRun())
  if (server === undefined) throw new Error('MariaDB was not found and could not be installed. Install mariadb-server.')
  const simulator = await startSimulator()
  const host = await startForgeHost({
    appFolder,
    bundle,
    port: values.once ? 0 : Number(values.port),
    accountId: admin,
    warm: true,
    egress: { 'https://api.atlassian.com': simulator.url },
    sql: { socketPath: server.socket, user: 'root' },
    jira: { admins: [admin] },
    // With --once, delays are skipped. Otherwise the real clock counts, and the hourly tick comes with it.
    skipDelays: values.once,
    schedule: !values.once,
    ...(values.once ? {} : { onLog: ({ kind, text }) => console.log(`${kind.padEnd(10)} ${text}`) }),
  })
  closing.push(() => host.close())
  console.log(`Simulated organization ${simulator.organization.name} at ${simulator.url}`)
  if (!values['first-use'])
    await ask(host, 'connect', { organizationId: simulator.organization.id, readKey: simulator.keys.unscoped })
  host.signIn(values.as)
  return { host, simulator }
}

async function value<Value>(host: ForgeHost, operation: string, request?: unknown): Promise<Value> {
  const response = await ask(host, operation, request)
  if ('refused' in response) throw new Error(response.refused.refusals.map(({ message }) => message).join(' '))
  return response.value as Value
}

interface Plan {
  readonly planId: string
  readonly fingerprint: string
  readonly policy: string
  readonly population: number
  readonly actions: readonly unknown[]
}
interface Run {
  readonly status: string
  readonly counts: Readonly<Record<string, number>>
}

/** Does the main job with the same operations as the page. */
async function work(host: ForgeHost): Promise<void> {
  const policy: unknown = parse(readFileSync(join(root, 'docs/policies/free-unused-jira-seats.yaml'), 'utf8'))
  const sync = await value<{ accounts: number; requests: number; complete: boolean }>(host, 'sync')
  console.log(`Synced ${sync.accounts} accounts in ${sync.requests} requests; complete: ${sync.complete}`)
  const { planId: id, ...plan } = await value<Plan>(host, 'plan', { body: { document: policy } })
  console.log(`Plan "${plan.policy}": ${plan.actions.length} of ${plan.population} accounts`)
  const { runId } = await value<{ runId: string }>(host, 'approve', {
    params: { id },
    body: { fingerprint: plan.fingerprint },
  })
  await host.idle(240_000)
  const { status, counts } = await value<Run>(host, 'runStatus', { params: { id: runId } })
  const results = Object.entries(counts).map(([what, count]) => `${count} ${what}`)
  console.log(`Run ${status}: ${results.join(', ')}`)
  if (status !== 'finished') throw new Error(`The run is ${status}.`)
}

/** Prints what the platform would bill. */
function printCosts({ functions, sql, kvs, egress, events }: Counts): void {
  for (const [name, { invocations, gbSeconds, longestMs }] of Object.entries(functions))
    console.log(
      `${name.padEnd(9)} ${invocations} invocations, ${gbSeconds.toFixed(1)} GB-seconds, longest ${(longestMs / 1000).toFixed(1)} s`,
    )
  const all = Object.values(functions)
  const sum = (of: 'invocations' | 'gbSeconds') => all.reduce((total, one) => total + one[of], 0)
  console.log(`total     ${sum('invocations')} invocations, ${sum('gbSeconds').toFixed(1)} GB-seconds`)
  console.log(`SQL       ${sql.requests} requests, ${sql.seconds.toFixed(1)} seconds`)
  console.log(`storage   ${kvs.reads} reads, ${kvs.writes} writes; queue ${events.delivered} events`)
  console.log(`outside   ${egress.requests} requests, ${egress.refused} refused`)
}

try {
  const { host, simulator } = await start()
  if (values.once) {
    await work(host)
    printCosts(host.counts())
    await end(0)
  }
  console.log(`
The page as Jira shows it: ${host.url} (signed in as ${values.as})
${
  values['first-use']
    ? `No organization is connected. Its id is ${simulator.organization.id}, its simulated key ${simulator.keys.unscoped}`
    : 'The organization is connected. To start without one: npm run forge:local -- --first-use'
}
To open the page as a user who is no Jira admin: npm run forge:local -- --as bob
Ctrl-C stops everything.
`)
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure)
  await end(1)
}
