import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { command, json } from './command.js'
import { host, openWorld, type World } from './world.js'

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const document = {
  name: 'Free unused Jira seats',
  scope: { site: host, product: 'jira-software' },
  conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
  actions: ['revoke-product-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
  limits: { take: 5 },
}
interface PlanJson {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: { readonly accountId: string; readonly action: string }[]
  readonly refusals: { readonly code: string }[]
}
let [world, folder, file] = [undefined as unknown as World, '', '']

beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'))
  file = join(folder, 'policy.yaml')
  writeFileSync(file, stringify(document))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

it('sync --json prints how many accounts were read, whether the snapshot is complete, and what it cost', async () => {
  const sync = await json(world, ['sync'])
  expect(Object.keys(sync)).toEqual(
    'snapshotId asOf accounts complete unreadableAccounts requests durationMs'.split(' '),
  )
  expect([sync['accounts'], sync['complete']]).toEqual([400, true])
  expect(sync['asOf']).toMatch(iso)
})

it('accept-baseline names the snapshot and its inactive accounts, and refuses a snapshot that is not the newest', async () => {
  const { snapshotId, accounts } = await json(world, ['sync'])
  const earlier = await command(world, ['accept-baseline', '--snapshot', 'an-earlier-one'])
  expect([earlier.code, earlier.stderr]).toEqual([
    2,
    expect.stringContaining('There is a newer snapshot than the one you reviewed'),
  ])
  const taken = await json(world, ['accept-baseline', '--snapshot', String(snapshotId)])
  expect(Object.keys(taken)).toEqual(['snapshotId', 'asOf', 'accounts', 'quiet', 'share'])
  expect([taken['snapshotId'], taken['accounts'], taken['asOf']]).toEqual([
    snapshotId,
    accounts,
    expect.stringMatching(iso),
  ])
  const { asOf, quiet, share } = taken as { asOf: string; quiet: number; share: number }
  expect((await command(world, ['accept-baseline'])).stdout).toBe(
    `Accepted the new baseline: ${quiet} of 400 accounts (${share} %) are inactive in the snapshot of ${asOf} (${String(snapshotId)}).\n`,
  )
})

it('accounts --json lists all accounts in one shape; filters narrow the list, the limit cuts it, the total stays', async () => {
  type Use = { readonly at?: string; readonly since?: string }
  interface Listing {
    readonly asOf: string
    readonly total: number
    readonly accounts: {
      readonly accountId: string
      readonly managed: boolean
      readonly accountStatus: string
      readonly membershipStatus: string
      readonly products: { readonly site: string; readonly product: string; readonly lastActive: Use }[]
    }[]
  }
  const all = await json<Listing>(world, ['accounts'])
  expect([all.total, all.accounts.length]).toEqual([400, 400])
  expect(Object.keys(all.accounts[0] ?? {})).toEqual(
    'accountId name email managed synced accountStatus membershipStatus protected lastActive products groups'.split(
      ' ',
    ),
  )
  const some = await json<Listing>(world, ['accounts', '--unmanaged', '--limit', '3'])
  expect([some.accounts.length, some.accounts.some(({ managed }) => managed)]).toEqual([3, false])
  expect(some.total).toBe(all.accounts.filter(({ managed }) => !managed).length)
  const inactive = await json<Listing>(world, [
    'accounts',
    '--inactive-for',
    '90d',
    '--site',
    host,
    '--product',
    'confluence',
  ])
  const limit = Date.parse(inactive.asOf) - 90 * 86_400_000
  // The list of a product shows who holds a seat of it: nobody who is suspended or deactivated.
  const notOnIt = all.accounts.filter(({ accountStatus, membershipStatus, products }) => {
    if (accountStatus !== 'active' || membershipStatus !== 'active') return false
    const use = products.find(({ site, product }) => site === host && product === 'confluence')?.lastActive
    return use !== undefined && Date.parse(use.at ?? use.since ?? 'unknown') <= limit
  })
  expect(inactive.total).toBeGreaterThan(0)
  expect(inactive.accounts.map(({ accountId }) => accountId).toSorted()).toEqual(
    notOnIt.map(({ accountId }) => accountId).toSorted(),
  )
})

it('accounts --csv gives one row per account under a heading', async () => {
  const { stdout } = await command(world, ['accounts', '--csv'])
  const rows = stdout.trimEnd().split('\r\n')
  expect([rows.length, rows[0]?.split(',')[0]]).toEqual([401, 'accountId'])
})

it("without --json a command prints a table, with Atlassian's product names", async () => {
  const { stdout, code } = await command(world, ['licenses'])
  const [head, ...rows] = stdout.split('\n')
  expect([code, head]).toEqual([0, expect.stringMatching(/^Product +Seats +Used +Available$/)])
  expect(rows.join('\n')).toMatch(/^Jira · acme /m)
})

it('licenses --json prints capacity, used and available, and null for what Atlassian does not report', async () => {
  const licenses = await json<Record<string, unknown>[]>(world, ['licenses'])
  expect(Object.keys(licenses[0] ?? {})).toEqual(['site', 'product', 'capacity', 'used', 'available'])
  expect(licenses.some(({ capacity, available }) => capacity === null && available === null)).toBe(true)
})

it('policy validates, imports as disabled, lists, exports unchanged, enables, disables and deletes a policy', async () => {
  expect((await command(world, ['policy', 'validate', file])).code).toBe(0)
  expect(await json(world, ['policy', 'import', file])).toMatchObject({ name: document.name, enabled: false })
  expect(await json(world, ['policy', 'enable', document.name])).toMatchObject({ enabled: true })
  expect(await json<unknown[]>(world, ['policy', 'list'])).toMatchObject([{ name: document.name, enabled: true }])
  const exported = join(folder, 'exported.yaml')
  writeFileSync(exported, (await command(world, ['policy', 'export', document.name])).stdout)
  const [one, other] = [
    await json(world, ['policy', 'import', file]),
    await json(world, ['policy', 'import', exported]),
  ]
  expect(other['version']).toBe(one['version'])
  expect(await json(world, ['policy', 'disable', document.name])).toMatchObject({ enabled: false })
  expect((await command(world, ['policy', 'delete', document.name])).code).toBe(0)
  expect((await command(world, ['policy', 'export', document.name])).code).toBe(2)
})

it('run executes a plan from a file without importing it, reports it when repeated, and undo reverts it', async () => {
  const plan = await json<PlanJson>(world, ['plan', file])
  expect(Object.keys(plan)).toEqual(
    'planId fingerprint policy snapshotId organization population actions spared asked refusals limits seats'.split(
      ' ',
    ),
  )
  expect(Object.keys(plan.actions[0] ?? {})).toEqual(['accountId', 'action', 'target', 'reason', 'undo'])
  const words = ['run', plan.planId, '--approve', plan.fingerprint]
  const run = await json<{ runId: string; status: string; counts: Record<string, number> }>(world, words)
  expect([run.status, run.counts]).toEqual([
    'finished',
    { applied: 5, skipped: 0, failed: 0, unknown: 0, notAttempted: 0 },
  ])
  expect(await json(world, words)).toEqual(run)
  expect(await json<unknown[]>(world, ['runs'])).toMatchObject([{ runId: run.runId, status: 'finished' }])
  expect(await json(world, ['run-status', run.runId])).toMatchObject({ runId: run.runId, counts: run.counts })
  const undo = await json<PlanJson>(world, ['undo', run.runId])
  expect(undo.actions.map(({ accountId }) => accountId).toSorted()).toEqual(
    plan.actions.map(({ accountId }) => accountId).toSorted(),
  )
  expect(await json(world, ['run', undo.planId, '--approve', undo.fingerprint])).toMatchObject({
    counts: { applied: 5 },
  })
})

it('plan reads account ids one per line, from a file or from standard input', async () => {
  const { actions } = await json<PlanJson>(world, ['plan', file])
  const input = `\uFEFF${actions.map(({ accountId }) => accountId).join('\r\n')}\r\n`
  const words = ['plan', '--action', 'suspend-access', '--accounts', '-']
  const piped = await json<PlanJson & { spared: { total: number } }>(world, words, { input })
  expect(piped.actions.length + piped.spared.total).toBe(5)
  expect(new Set(piped.actions.map(({ action }) => action))).toEqual(new Set(['suspend-access']))
  const ids = join(folder, 'ids.txt')
  writeFileSync(ids, input)
  expect((await json<PlanJson>(world, [...words.slice(0, -1), ids])).actions).toEqual(piped.actions)
})

it('run exits with 3 when guard refuses, names each code, and changes nothing', async () => {
  const before = await world.writes()
  const plan = await json<PlanJson>(world, ['plan', file])
  const wrong = await command(world, ['run', plan.planId, '--approve', '0'.repeat(64), '--json'])
  expect([wrong.code, wrong.stdout]).toEqual([3, expect.stringContaining('fingerprint-mismatch')])
  expect((await command(world, ['stop'])).code).toBe(0)
  const stopped = await command(world, ['run', plan.planId, '--approve', plan.fingerprint])
  expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringMatching(/\(stopped\)$/m)])
  expect((await command(world, ['resume'])).code).toBe(0)
  expect(await world.writes()).toEqual(before)
})

it('the protected list accepts accounts, groups and patterns, with a reason and an end', async () => {
  const words = ['protect', 'add', 'email:*@partner.example', '--reason', 'contract', '--until', '2099-01-31']
  expect(await json(world, words)).toMatchObject({ subject: 'email:*@partner.example', reason: 'contract' })
  expect(await json<unknown[]>(world, ['protect', 'list'])).toMatchObject([{ reason: 'contract' }])
  expect((await command(world, ['protect', 'remove', 'email:*@partner.example'])).code).toBe(0)
  expect(await json(world, ['protect', 'list'])).toEqual([])
})

it('an export verifies by itself and against the database; a cut or altered export does not', async () => {
  const { stdout } = await command(world, ['audit', 'export'])
  const lines = stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{"checkpoint"'))
  const verify = async (text: string) => {
    const path = join(folder, 'audit.jsonl')
    writeFileSync(path, text)
    return (await command(world, ['audit', 'verify', path])).code
  }
  expect(await verify(stdout)).toBe(0)
  expect(await verify(`${lines.slice(0, -1).join('\n')}\n`)).toBe(1)
  expect(await verify(stdout.replace('"applied"', '"skipped"'))).toBe(1)
  expect(await json(world, ['audit', 'verify'])).toMatchObject({ ok: true, entries: lines.length })
  const events = (await command(world, ['audit', 'export', '--format', 'ocsf'])).stdout.trimEnd().split('\n')
  expect(events.length).toBe(lines.length)
  const csv = (await command(world, ['audit', 'export', '--format', 'csv'])).stdout.trimEnd().split('\r\n')
  expect(csv.length).toBe(lines.length + 1)
})

it('connect tries the keys and stores them encrypted, so that later commands need no environment', async () => {
  const bare = { ROLLCALL_ORG_ID: undefined, ROLLCALL_API_KEY: undefined }
  expect((await command(world, ['sync'], { env: bare })).code).toBe(2)
  expect((await command(world, ['connect'], { env: { ROLLCALL_API_KEY: 'wrong' } })).code).toBe(4)
  expect((await command(world, ['connect'])).code).toBe(0)
  expect((await command(world, ['sync'], { env: bare })).code).toBe(0)
  const { database, readKey } = world.settings
  const key = join(database, '..', 'master.key')
  expect(statSync(key).mode & 0o777).toBe(0o600)
  for (const path of [database, `${database}-wal`]) expect(readFileSync(path).includes(readKey)).toBe(false)
  writeFileSync(key, `${'0'.repeat(64)}\n`)
  const other = await command(world, ['sync'], { env: bare })
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('master key is another one')])
  expect((await command(world, ['disconnect'])).code).toBe(0)
  expect((await command(world, ['sync'], { env: bare })).code).toBe(2)
})

it('the older names of commands still work, and the help shows the current names only', async () => {
  const { stdout } = await command(world, ['help'])
  for (const [older, current] of [
    ['usual', 'accept-baseline'],
    ['rest-days', 'non-working-days'],
    ['veto', 'exemptions'],
  ] as const) {
    expect(stdout).toMatch(new RegExp(`^  ${current} `, 'm'))
    expect(stdout).not.toMatch(new RegExp(`\\b${older}\\b`))
    expect(await command(world, [older])).toEqual(await command(world, [current]))
  }
  const lifted = await command(world, ['veto', 'lift', 'nobody'])
  expect(lifted).toEqual(await command(world, ['exemptions', 'end', 'nobody']))
  expect([lifted.code, lifted.stderr]).toEqual([2, expect.not.stringContaining('unknown command')])
})
