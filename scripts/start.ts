// npm start: the main job on a simulated organization. With --once it ends after the summary.

import { placeName } from '@rollcall/core/product-name'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSimulator } from './simulator.js'

/** The part of the commands' output that the summary uses. */
interface Sync {
  readonly accounts: number
  readonly requests: number
  readonly complete: boolean
}
interface Plan {
  readonly planId: string
  readonly fingerprint: string
  readonly policy: string
  readonly population: number
  readonly actions: readonly unknown[]
  readonly spared: { readonly total: number; readonly reasons: readonly { text: string; accounts: number }[] }
  readonly refusals: readonly unknown[]
}
interface Run {
  readonly status: string
  readonly counts: Readonly<Record<string, number>>
}
interface License {
  readonly site: string
  readonly product: string
  readonly used: number
  readonly capacity: number | null
}

const root = fileURLToPath(new URL('..', import.meta.url))
const once = process.argv.includes('--once')
const fail = (what: string, code = 1): never => {
  console.error(what)
  process.exit(code)
}
if (!once && spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' }).status !== 0)
  fail('The build failed.')

const folder = join(root, '.rollcall', 'demo')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const { url, organization, keys } = await startSimulator().catch(({ message }: Error) => fail(message))
const env = {
  ...process.env,
  ROLLCALL_ATLASSIAN_URL: url,
  ROLLCALL_ORG_ID: organization.id,
  ROLLCALL_API_KEY: keys.unscoped,
  ROLLCALL_DATABASE: join(folder, 'rollcall.db'),
  ROLLCALL_WATERMARK_FILE: join(folder, 'rollcall.watermark'),
  ROLLCALL_CHECKPOINT_FILE: join(folder, 'checkpoints.jsonl'),
  ROLLCALL_MASTER_KEY_FILE: join(folder, 'master.key'),
}
const policyFile = join(root, 'docs/policies/free-unused-jira-seats.yaml')
const bin = join(root, 'apps/server/bin/rollcall.mjs')
/** Runs a command and returns its output. */
function rollcall<Printed>(...args: readonly string[]): Printed {
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  })
  if (status !== 0) fail(`rollcall ${args[0]} ended with ${status}.`, status ?? 1)
  return JSON.parse(String(stdout)) as Printed
}

console.log(`Simulated organization ${organization.name} at ${url}`)
const sync = rollcall<Sync>('sync', '--json')
console.log(`Synced ${sync.accounts} accounts in ${sync.requests} requests; complete: ${sync.complete}`)
const plan = rollcall<Plan>('plan', policyFile, '--json')
console.log(
  `Plan "${plan.policy}": ${plan.actions.length} of ${plan.population} accounts, ${plan.spared.total} excluded, ${plan.refusals.length} refusals`,
)
for (const { text, accounts } of plan.spared.reasons) console.log(`  excluded ${String(accounts).padStart(5)}  ${text}`)
const [before] = rollcall<readonly [License]>('licenses', '--json')
const run = rollcall<Run>('run', plan.planId, '--approve', plan.fingerprint, '--json')
console.log(
  `Run ${run.status}: ${Object.entries(run.counts)
    .map(([what, count]) => `${count} ${what === 'notAttempted' ? 'not attempted' : what}`)
    .join(', ')} (each read back)`,
)
rollcall('sync', '--json')
const [after] = rollcall<readonly [License]>('licenses', '--json')
console.log(
  `Seats in use of ${placeName(after.site, after.product)}: ${before.used} before, ${after.used} now, of ${after.capacity}`,
)
const audit = rollcall<{ entries: number }>('audit', 'verify', '--json')
console.log(`Audit log: ${audit.entries} entries, the chain verifies`)
rollcall('policy', 'import', policyFile, '--json')
rollcall('policy', 'enable', plan.policy, '--json')
if (once) process.exit(0)

/** The date that is `days` days from now. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

// Data for every screen: an entry in the protected list, keys with an expiry, a saved filter, and a plan that is too large
// and therefore blocked.
const wide = join(root, 'docs/policies/suspend-inactive-users.yaml')
rollcall('protect', 'add', 'email:*@partner.example', '--reason', 'Partners, agreed with sales', '--json')
rollcall('keys', 'expiry', '--read', inDays(20), '--act', inDays(200), '--json')
rollcall('keys', 'check', '--json')
rollcall('policy', 'import', wide, '--json')
const { name } = rollcall<{ name: string }>('policy', 'enable', 'Suspend inactive users', '--json')
const refused = rollcall<Plan>('plan', name, '--json')
const blocked = spawnSync(process.execPath, [bin, 'run', refused.planId, '--approve', refused.fingerprint, '--json'], {
  cwd: root,
  env,
  stdio: 'ignore',
})
console.log(
  `Plan "${name}": ${refused.actions.length} accounts, ${blocked.status === 3 ? 'blocked, and waits for a decision' : 'not blocked'}`,
)
const server = spawn(process.execPath, [bin, 'serve', '--demo'], {
  cwd: root,
  env,
  stdio: ['inherit', 'pipe', 'inherit'],
})
server.stdout.pipe(process.stdout)
// Saves a filter for the tables of users, once the server has printed its address.
server.stdout.once('data', (line: Buffer) => {
  const filter = { name: 'Inactive for half a year', filter: { inactiveFor: '180d', managed: true } }
  const request = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(filter) }
  void fetch(`${String(line).trim().split(' ').at(-1)}/api/filters`, request).catch(() => undefined)
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'))
server.on('exit', (code) => process.exit(code ?? 0))
