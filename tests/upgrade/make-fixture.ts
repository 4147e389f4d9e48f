// Makes the fixture of `a-database-of-the-version-before.test.ts`: an installation as one version leaves it, and what that
// version says about it.
//
// Run it at the version whose data are to be kept, before anything of it is changed:
//
//     npm run build && node --import tsx tests/upgrade/make-fixture.ts
//
// It writes `tests/upgrade/data-of-VERSION/`, with VERSION as in package.json. Made again by a newer version, the folder
// would prove nothing: one that is there is never overwritten.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { files, openInstallation, rollcall, type Installation, type Place } from './installation.js'
import { freeSeats, leaveGroup, newcomers, notSeen, suspendIdle, tooMany } from './policies.js'
import { saidByCommands, saidByHttp } from './readings.js'
import { startSimulated, type Change, type Simulated } from './simulated.js'

interface Planned {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: readonly { readonly accountId: string }[]
  readonly refusals: readonly { readonly code: string }[]
}
interface Person {
  readonly accountId: string
  readonly email: string
  readonly managed: boolean
  readonly accountStatus: string
  readonly membershipStatus: string
  readonly protected: unknown
  readonly lastActive: { readonly at?: string }
  readonly products: readonly { readonly site: string; readonly product: string }[]
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const target = fileURLToPath(new URL(`data-of-${version}`, import.meta.url))
const start = { users: 120, seed: 11, now: '2026-11-24T08:00:00Z' }
const site = 'acme.atlassian.net'
const jira = { site, product: 'jira-software' }
const by = 'mia'
/** Accepted where earlier runs have spent the budget: the accepted codes are stored data as well. */
const accepted = ['over-budget', 'too-many', 'anomaly'] as const

const log = (text: string) => process.stderr.write(`${text}\n`)
const enc = encodeURIComponent

if (existsSync(target)) throw new Error(`${target} is there already. Remove it if you really mean to replace it.`)
const folder = mkdtempSync(join(tmpdir(), 'rollcall-fixture-'))
const world: Simulated = await startSimulated(start)
const place: Place = { folder, atlassianUrl: world.simulator.url }
const byPeople: Change[] = []
const keys = world.simulator.organization.keys

let open = undefined as unknown as Installation
/** Goes on at another time, with a process of its own. */
async function at(instant: string): Promise<void> {
  await (open as Installation | undefined)?.close()
  await world.control('clock', { set: instant })
  open = await openInstallation(place)
}
const ask = <Shape>(method: string, path: string, body?: unknown) => open.request(method, path, body) as Promise<Shape>
const command = async (...words: readonly string[]) => {
  const ended = await rollcall(place, words)
  if (ended.code !== 0) throw new Error(`rollcall ${words.join(' ')} ended with ${ended.code}: ${ended.stderr}`)
}

/** Plans what the HTTP interface takes as a wish. */
async function planFor(wish: unknown): Promise<Planned> {
  const plan = await ask<Planned>('POST', '/plans', wish)
  log(`plan of ${plan.actions.length}: ${plan.refusals.map(({ code }) => code).join(', ')}`)
  return plan
}
/** Approves a plan and works on it until it ends or halts. */
async function run({ planId, fingerprint, actions }: Planned): Promise<string> {
  if (actions.length === 0) throw new Error(`plan ${planId} changes nobody`)
  const approved = await open.app.approve({ planId, fingerprint, accepted: [...accepted] }, by)
  if ('refusals' in approved) throw new Error(JSON.stringify(approved.refusals))
  await open.app.work(approved.run.runId, { until: Number.MAX_SAFE_INTEGER })
  const { status, counts } = await open.app.runStatus(approved.run.runId)
  log(`run ${approved.run.runId} is ${status}: ${JSON.stringify(counts)}`)
  return approved.run.runId
}
/** Somebody restores an account by hand at Atlassian. */
async function restoredByPerson(accountId: string): Promise<void> {
  const path = `/_simulator/accounts/${enc(accountId)}/restore`
  const { now } = (await world.control('clock', {})) as { now: string }
  byPeople.push({ at: Date.parse(now), method: 'POST', path, accountId })
  await world.control(`accounts/${enc(accountId)}/restore`, {})
}

// Tuesday: connected, set up, and the first runs.
const settings = { ROLLCALL_ORG_ID: world.simulator.organization.id, ROLLCALL_API_KEY: keys.scoped }
const connected = await rollcall(place, ['connect'], { ...settings, ROLLCALL_ACT_KEY: keys.unscoped })
if (connected.code !== 0) throw new Error(connected.stderr)
await at('2026-11-24T08:00:00Z')
await command('keys', 'expiry', '--read', '2026-12-20', '--act', '2027-11-30')
await command('keys', 'check')
await command('sync')
await command('limits', 'set', 'percent=20', 'budget=20', 'accounts=40', 'veto=45', 'anomaly=10', 'restored=5')
await command('rest-days', 'set', '--weekdays', 'friday,saturday,sunday', '--holidays', '2026-12-25,2027-01-01')
await command('audit', 'retention', '730')

const everybody = (await ask<{ accounts: readonly Person[] }>('GET', '/accounts?limit=500')).accounts
const spares: string[] = []
/** Finds accounts that use Jira and that nothing protects. */
async function findSpares(): Promise<void> {
  const { accounts } = await ask<{ accounts: readonly Person[] }>('GET', '/accounts?status=active&limit=500')
  const usable = accounts
    .filter(({ accountStatus, membershipStatus }) => accountStatus === 'active' && membershipStatus === 'active')
    .filter(({ protected: shield, managed }) => shield === null && managed)
    .filter(({ products }) => products.some((one) => one.site === site && one.product === jira.product))
    .filter(({ lastActive: { at: used = '' } }) => used > '2026-11-10')
  spares.splice(0, Infinity, ...usable.map(({ accountId }) => accountId))
  log(`${spares.length} accounts to pick`)
}
const take = (count: number): readonly string[] => {
  const taken = spares.splice(0, count)
  if (taken.length < count) throw new Error('too few accounts')
  return taken
}
await findSpares()

const [guarded = '', brief = ''] = take(2)
await command('protect', 'add', guarded, '--reason', 'on parental leave', '--until', '2027-03-31')
await command('protect', 'add', brief, '--reason', 'until the audit is over', '--until', '2026-11-30')
await command('protect', 'add', 'group:team-finance', '--reason', 'closes the year')
await command('protect', 'add', 'email:*.example.org', '--reason', 'a partner that is billed elsewhere')
await command('protect', 'add', 'group:team-support', '--reason', 'added by mistake')
await command('protect', 'remove', 'group:team-support')
await findSpares()

for (const policy of [freeSeats, suspendIdle, newcomers, leaveGroup, notSeen, { ...notSeen, name: 'Gone again' }])
  await ask('POST', '/policies', policy)
for (const { name } of [freeSeats, suspendIdle, newcomers, leaveGroup]) await planFor({ policy: name })
for (const { name } of [freeSeats, suspendIdle, newcomers]) await command('policy', 'enable', name)
await command('policy', 'disable', newcomers.name)
await command('policy', 'delete', 'Gone again')

await ask('PUT', '/filters', { name: 'Idle on Jira', filter: { ...jira, inactiveFor: '60d', sort: 'lastActive' } })
await ask('PUT', '/filters', { name: 'Unmanaged', filter: { managed: false, status: 'active' } })
await ask('PUT', '/filters', { name: 'Testers', filter: { inGroup: 'jira-testers-acme', search: 'a' } })

const finished = await run(await planFor({ policy: freeSeats.name }))
const suspended = take(3)
const toUndo = await run(await planFor({ action: 'suspend-access', accounts: suspended }))
const undone = await run(await ask<Planned>('POST', `/runs/${toUndo}/undo`, {}))
const annoyed = take(3)
const regretted = await run(await planFor({ action: 'suspend-access', accounts: annoyed }))
await command('audit', 'checkpoint')

// Friday: two people have got their access back from somebody else, and one is erased.
await at('2026-11-27T09:00:00Z')
for (const accountId of annoyed.slice(0, 2)) await restoredByPerson(accountId)
await ask('POST', '/sync', {})
await command('veto', 'lift', annoyed[1] ?? '')
await command('usual')
const { subject: erased } = (await open.app.auditPage(0, 1000))
  .map(({ fact }) => fact)
  .find(({ event, runId }) => event === 'result' && runId === finished) as { subject: string }
const { email } = everybody.find(({ accountId }) => accountId === erased) as Person
await command('forget', erased, '--email', email)
await open.app.keepAudit('worker')

// Monday in a fortnight: schedules act, runs halt half-way, and plans wait.
await at('2026-12-07T06:10:00Z')
await open.app.keepAudit('worker')
const fired = await open.app.fireDue('worker')
for (const { runId, status } of fired) {
  log(`fired: ${status}`)
  if (status === 'executing') await open.app.work(runId, { until: Number.MAX_SAFE_INTEGER })
}
const resting = fired.find(({ status }) => status === 'executing')?.runId ?? ''

await findSpares()
// All of them at once: too many, and it shows whose Jira can be taken without anything else.
const everyone = await planFor({ action: 'revoke-product-access', ...jira, accounts: spares })
const revocable = everyone.actions.map(({ accountId }) => accountId).slice(0, 6)
const others = spares.filter((accountId) => !revocable.includes(accountId))
const suspendable = (await planFor({ action: 'suspend-access', accounts: others })).actions
spares.splice(0, Infinity, ...suspendable.map(({ accountId }) => accountId))

const byFilter = await planFor({
  action: 'add-to-group',
  group: 'empty-group',
  matching: { inGroup: 'jira-testers-acme' },
})
const picked = await planFor({
  action: 'revoke-product-access',
  ...jira,
  accounts: [...revocable.splice(0, 2), guarded, 'gone-long-ago'],
})
const unapproved = await planFor({ policy: freeSeats.name })
const discarded = await planFor({ document: newcomers })
await command('discard', discarded.planId)
const tooLarge = await planFor({ document: tooMany })
const refused = await rollcall(place, ['run', tooLarge.planId, '--approve', tooLarge.fingerprint])
if (refused.code !== 3) throw new Error(`the plan that is too large was not refused: ${refused.code}`)
const undoNotRun = await ask<Planned>('POST', `/runs/${regretted}/undo`, {})

await world.control('faults', { kind: 'status', status: 401, match: { method: 'DELETE' }, skip: 2, times: 1 })
const cutOff = await run(await planFor({ action: 'revoke-product-access', ...jira, accounts: revocable }))
await world.control('faults', {
  kind: 'status',
  status: 409,
  match: { method: 'POST', path: 'suspend' },
  skip: 1,
  times: 1,
})
const tripped = await run(await planFor({ action: 'suspend-access', accounts: take(4) }))

// The process that works on this one ends after two accounts.
const left = await planFor({ action: 'deactivate-account', accounts: take(4) })
const leftRun = await open.app.approve(
  { planId: left.planId, fingerprint: left.fingerprint, accepted: [...accepted] },
  by,
)
if ('refusals' in leftRun) throw new Error(JSON.stringify(leftRun.refusals))
let done = 0
const budget = { until: Infinity, usedUp: () => done >= 2 }
await open.app.work(leftRun.run.runId, budget, () => (done += 1))
log(`left alone after ${done}: ${JSON.stringify((await open.app.runStatus(leftRun.run.runId)).counts)}`)

await open.close()
open = await openInstallation(place)
const plans = (await open.store.plans(100)).map(({ planId, fingerprint }) => ({ planId, fingerprint }))
const runs = (await open.store.runs(100)).map(({ runId }) => runId)
const head = await open.app.auditHead()
const { now } = (await world.control('clock', {})) as { now: string }
const facts = {
  version,
  simulator: start,
  now,
  accounts: { guarded, erased, vetoed: annoyed[0], lifted: annoyed[1] },
  runs: { finished, undone, regretted, resting, cutOff, tripped, left: leftRun.run.runId },
  plans: {
    unapproved: unapproved.planId,
    picked: picked.planId,
    byFilter: byFilter.planId,
    discarded: discarded.planId,
    quarantined: tooLarge.planId,
    undo: undoNotRun.planId,
    left: left.planId,
  },
  fingerprints: Object.fromEntries(plans.map(({ planId, fingerprint }) => [planId, fingerprint])),
  audit: { index: head?.index, hash: head?.hash },
  said: {
    ...(await saidByCommands(place)),
    ...(await saidByHttp(
      open,
      plans.map(({ planId }) => planId),
      runs,
    )),
  },
}
await open.close()

const { writes } = (await world.control('calls')) as { writes: readonly Change[] }
const ofRollcall = writes.map(({ at: when, method, path, accountId }) => ({ at: when, method, path, accountId }))
const changes = [...ofRollcall, ...byPeople].toSorted((a, b) => a.at - b.at)
const truth: Record<string, unknown> = {}
for (const accountId of new Set(changes.map((change) => change.accountId)))
  truth[accountId] = await world.truth(accountId)
await world.simulator.close()

mkdirSync(target)
const write = (name: string, content: unknown) =>
  writeFileSync(join(target, name), `${JSON.stringify(content, null, 2)}\n`)
write('facts.json', facts)
write('changes.json', { changes, truth })
for (const name of [files.watermark, files.masterKey]) copyFileSync(join(folder, name), join(target, name))
writeFileSync(join(target, `${files.database}.gz`), gzipSync(readFileSync(join(folder, files.database)), { level: 9 }))
rmSync(folder, { recursive: true, force: true })
log(`${target}: ${plans.length} plans, ${runs.length} runs, ${head?.index} audit entries, ${changes.length} changes`)
