import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { system } from '@rollcall/node'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { command, json } from './command.js'
import { openWorld, type World } from './world.js'

let [world, folder, snapshot] = [undefined as unknown as World, '', '']
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'rollcall-bad-'))
  snapshot = String((await json(world, ['sync']))['snapshotId'])
})
beforeEach(() => fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' }).then(() => undefined))
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const policy = (changes: Readonly<Record<string, string>>) =>
  Object.entries({
    name: 'Inactive users',
    scope: 'organization',
    conditions: '{ inactive-for: 90d }',
    actions: '[suspend-access]',
    ...changes,
  })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

/** Runs without the pauses between attempts; returns how long the pauses would have taken together. */
async function withoutPauses<Result>(run: () => Promise<Result>) {
  const pauses = vi.spyOn(system, 'wait').mockResolvedValue(undefined)
  try {
    const result = await run()
    return { result, paused: pauses.mock.calls.reduce((sum, [ms]) => sum + ms, 0) }
  } finally {
    pauses.mockRestore()
  }
}

/** Checks that the output has no stack trace and no key, and that the earlier snapshot is still there. */
async function expectNothingLost(stderr: string) {
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stderr).not.toContain(world.settings.readKey)
  expect(stderr.trim()).toMatch(/\.$/)
  expect(await world.writes()).toEqual([])
  const { overview } = world.app
  expect((await overview()).snapshot?.id).toBe(snapshot)
}

it.each([
  ['an unknown condition', { conditions: '{ last-seen: 90d }' }, 3, 'unknown condition "last-seen"'],
  [
    'a nested unknown condition',
    { conditions: '\n  all:\n    - inactive-for: 90d\n    - not: { idle: 3 }' },
    6,
    '"idle"',
  ],
  ['an invalid duration', { conditions: '{ inactive-for: ninety }' }, 3, '90d'],
  ['an unknown action', { actions: '[delete-account]' }, 4, 'unknown action "delete-account"'],
  ['an impossible schedule', { schedule: '{ cron: "0 7 31 2 *", timeZone: Europe/Berlin }' }, 5, 'matches a date'],
  ['a schedule on a wrong day', { schedule: '{ every: 1 day, on: monday, timeZone: Europe/Berlin }' }, 5, 'weekday'],
  ['an unknown time zone', { schedule: '{ every: 1 day, timeZone: Mars/Olympus }' }, 5, 'unknown time zone'],
  ['an unknown key', { limit: '{ accounts: 3 }' }, 5, 'unknown key "limit"'],
  ['an endless repetition', { name: '&a [&b [*b, *b], &c [*b, *b], *c, *c]' }, 1, ''],
  ['broken YAML', { name: 'Inactive: users' }, 1, ''],
])('a policy file with %s is refused with file and line', async (_what, changes, line, sentence) => {
  const file = join(folder, 'policy.yaml')
  writeFileSync(file, policy(changes as Record<string, string>))
  for (const words of [
    ['policy', 'validate', file],
    ['plan', file],
  ]) {
    const { code, stdout, stderr } = await command(world, words)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^${file}:${line}: `))
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
  }
})

it.each([
  [['plan', 'No such policy'], 'There is no policy'],
  [['plan', 'missing.yaml'], 'cannot be read'],
  [['plan', '--action', 'suspend-access', '--accounts', 'missing.txt'], 'cannot be read'],
  [['plan', '--action', 'erase', '--accounts', '-'], 'action'],
  [['plan'], 'Give a policy'],
  [['run', 'nobody', '--approve', 'x'], 'There is no plan'],
  [['run-status', 'nobody'], 'There is no run'],
  [['undo', 'nobody'], 'There is no run'],
  [['protect', 'add', 'two words'], 'cannot be protected'],
  [['protect', 'remove', 'group:nobody'], 'not on the protected list'],
  [['accounts', '--inactive-for', 'long'], '90d'],
  [['accounts', '--inactive-for', '90m'], '"m" stands for minutes'],
  [['accounts', '--in-group', 'nobody-here'], 'is in a group "nobody-here"'],
  [['accounts', '--site', 'other.atlassian.net'], 'has no site "other.atlassian.net"'],
  [['accounts', '--product', 'jira-sofware'], 'has no product "jira-sofware"'],
  [['protect', 'add', 'group:jira-users', '--until', '2027-09-31'], 'is not a date'],
  [['accounts', '--status', 'asleep'], 'status'],
  [['accounts', '--limit', '0'], '--limit'],
  [['audit', 'export', '--format', 'xml'], 'not a format'],
  [['dance'], 'unknown command'],
] as const)('%j is a usage error', async (words, sentence) => {
  const { code, stdout, stderr } = await command(world, words, { input: 'abc\n' })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(sentence)
  expect(stderr).not.toMatch(/^\s+at /m)
})

it.each([
  ['a wrong organization id', { ROLLCALL_ORG_ID: '11111111-2222-3333-4444-555555555555' }, 4],
  ['an unreachable host', { ROLLCALL_ATLASSIAN_URL: 'http://127.0.0.1:9' }, 6],
  ['an invalid address', { ROLLCALL_ATLASSIAN_URL: 'atlassian' }, 2],
  ['a key with a line break inside', { ROLLCALL_API_KEY: 'abc\ndef' }, 2],
  ['an invalid port', { ROLLCALL_PORT: 'http' }, 2],
  ['a foreign interface', { ROLLCALL_HOST: '0.0.0.0' }, 2],
] as const)('%s exits with a sentence and the documented code', async (what, env, expected) => {
  const serving = what === 'an invalid port' || what === 'a foreign interface'
  const { result, paused } = await withoutPauses(() => command(world, [serving ? 'serve' : 'sync'], { env }))
  expect([result.code, result.stdout]).toEqual([expected, ''])
  expect(Math.round(paused / 1000)).toBe(what === 'an unreachable host' ? 31 : 0)
  await expectNothingLost(result.stderr)
})

it('an expired key exits with 4', async () => {
  const { code, stderr } = await command(world, ['sync'], {
    env: { ROLLCALL_API_KEY: world.simulator.organization.keys.expired },
  })
  expect(code).toBe(4)
  await expectNothingLost(stderr)
})

it.each([
  ['HTML instead of JSON', { kind: 'html' }],
  ['cut JSON', { kind: 'cut' }],
  ['a repeated cursor', { kind: 'repeat-cursor' }],
])('%s while reading exits with 6 and keeps the earlier snapshot', async (what, fault) => {
  await world.control('faults', { ...fault, match: { path: 'users/search' }, times: -1 })
  const { result, paused } = await withoutPauses(() => command(world, ['sync']))
  expect([result.code, result.stdout]).toEqual([6, ''])
  expect(Math.round(paused / 1000)).toBe(what === 'cut JSON' ? 31 : 0)
  await expectNothingLost(result.stderr)
})

it.each([
  ['unknown enum values', 'unknown-enum'],
  ['missing last-active', 'null-fields'],
])('%s exclude every affected account', async (_what, kind) => {
  await world.control('faults', { kind, match: { path: 'users/search' }, times: -1 })
  await json(world, ['sync'])
  await fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' })
  const file = join(folder, 'inactive.yaml')
  writeFileSync(file, policy({}))
  const plan = await json<{ actions: unknown[]; spared: { total: number; byReason: Record<string, number> } }>(world, [
    'plan',
    file,
  ])
  expect(plan.spared.total).toBeGreaterThan(0)
  expect(Object.keys(plan.spared.byReason).join()).toMatch(/unknown|does not say/)
  expect(plan.actions).toEqual([])
  snapshot = String((await json(world, ['sync']))['snapshotId'])
})

it('a key with scopes can sync and plan; a run with it stops at the first change and exits with 4', async () => {
  const env = { ROLLCALL_API_KEY: world.simulator.organization.keys.scoped }
  await json(world, ['sync'], { env })
  const file = join(folder, 'few.yaml')
  writeFileSync(file, policy({ limits: '{ take: 3 }' }))
  const { planId, fingerprint } = await json<{ planId: string; fingerprint: string }>(world, ['plan', file], { env })
  const { code, stderr } = await command(world, ['run', planId, '--approve', fingerprint], { env })
  expect(code).toBe(4)
  expect(stderr).toMatch(/scope/i)
  expect(await world.writes()).toEqual([])
  expect((await command(world, ['run', planId, '--approve', fingerprint])).code).toBe(0)
  expect((await world.writes()).length).toBe(3)
})

it('a name with control characters is refused, and none of them reaches the terminal', async () => {
  const file = join(folder, 'loud.yaml')
  writeFileSync(file, policy({ name: String.raw`"loud \e]0;gone\a\e[31m"`, limits: '{ take: 1 }' }))
  const { code, stdout, stderr } = await command(world, ['plan', file])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('control characters')
  expect(stderr).not.toMatch(/[^\P{Cc}\n]/u)
})

it.each([
  ['a device', '/dev/zero', 'is not a regular file'],
  ['a folder', '.', 'is not a regular file'],
  ['a pipe', 'pipe', 'is not a regular file'],
  ['a file of 20 MB', 'large', 'is larger than'],
] as const)('%s is refused before it is read, whatever reads it', async (_what, name, sentence) => {
  const file = name.startsWith('/') ? name : join(folder, name)
  if (name === 'pipe' && !existsSync(file)) execFileSync('mkfifo', [file])
  if (name === 'large') writeFileSync(file, Buffer.alloc(20 * 1024 * 1024, 'a'))
  const before = process.memoryUsage.rss()
  for (const [words, env] of [
    [['plan', file]],
    [['policy', 'validate', file]],
    [['policy', 'import', file]],
    [['plan', '--action', 'suspend-access', '--accounts', file]],
    [['audit', 'verify', file]],
    [['audit', 'verify', '--checkpoints', file]],
    [['sync'], { ROLLCALL_API_KEY: undefined, ROLLCALL_API_KEY_FILE: file }],
    [['sync'], { ROLLCALL_API_KEY: '', ROLLCALL_ACT_KEY_FILE: file }],
    [['serve'], { ROLLCALL_MASTER_KEY_FILE: file }],
  ] as const) {
    const { code, stdout, stderr } = await command(world, words, env === undefined ? {} : { env })
    expect([words, code, stdout]).toEqual([words, 2, ''])
    expect(stderr).toMatch(name === 'large' ? /larger than|has a line of more than/ : new RegExp(sentence))
    expect(stderr.length).toBeLessThan(2000)
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024)
})

it('standard input is read up to a bound', async () => {
  const words = ['plan', '--action', 'suspend-access', '--accounts', '-']
  const long = await command(world, words, { input: 'a'.repeat(11 * 1024 * 1024) })
  expect([long.code, long.stderr]).toEqual([2, expect.stringContaining('larger than 10 MB')])
  const many = await command(world, words, { input: 'a\n'.repeat(200_002) })
  expect([many.code, many.stderr]).toEqual([2, expect.stringContaining('more than 200,000 lines')])
})

it('a list of email addresses is answered with line numbers, and quotes none of them', async () => {
  const input = Array.from({ length: 5000 }, (_, index) => `mia.berg.${index}@acme.example;x`).join('\n')
  const { code, stdout, stderr } = await command(world, ['plan', '--action', 'suspend-access', '--accounts', '-'], {
    input: `${input}\nnot an id\n`,
  })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('lines 1, 2, 3, 4, 5 and 4,995 more are not account ids but email addresses')
  expect(stderr).toContain('line 5001 is not an account id')
  expect(stderr).not.toContain('mia')
  expect(stderr.length).toBeLessThan(2000)
})

it.each([
  [['accounts', '--search', 'a\u0000b']],
  [['accounts', '--search', 'a\u2028b']],
  [['accounts', '--in-group', 'a\u0085b']],
  [['protect', 'add', 'email:*@a.example', '--reason', 'a\u001bb']],
  [['protect', 'add', 'group:a\u0007b']],
  [['plan', '--action', 'add-to-group', '--group', 'a\u0000', '--accounts', '-']],
] as const)('%j is refused for its control character', async (words) => {
  const { code, stdout, stderr } = await command(world, words, { input: 'abc\n' })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/control characters?/)
})

it('a reason of 100,000 characters is refused with the bound, and stored nowhere', async () => {
  const { code, stderr } = await command(world, [
    'protect',
    'add',
    'email:*@a.example',
    '--reason',
    'a'.repeat(100_000),
  ])
  expect([code, stderr]).toEqual([2, 'reason: must be at most 1,000 characters long\n'])
})

it('empty variables count as absent', async () => {
  const names = ['ROLLCALL_API_KEY_FILE', 'ROLLCALL_ACT_KEY', 'ROLLCALL_ACT_KEY_FILE', 'ROLLCALL_REQUESTER']
  const files = [
    'ROLLCALL_CHECKPOINT_FILE',
    'ROLLCALL_WATERMARK_FILE',
    'ROLLCALL_MASTER_KEY',
    'ROLLCALL_MASTER_KEY_FILE',
  ]
  const others = ['ROLLCALL_REQUEST_TIMEOUT', 'ROLLCALL_PORT', 'ROLLCALL_HOST']
  for (const empty of ['', ' \t ']) {
    const ROLLCALL_DATABASE = join(dirname(world.settings.database), 'own-key', 'rollcall.db')
    const env = {
      ...Object.fromEntries([...names, ...files, ...others].map((name) => [name, empty])),
      ROLLCALL_DATABASE,
    }
    const checked = await command(world, ['audit', 'checkpoint'], { env })
    expect([checked.code, checked.stderr]).toEqual([0, ''])
    await command(world, ['accounts'], { env: { ...env, ROLLCALL_DATABASE: empty } })
    expect(existsSync(join(dirname(world.settings.database), '.rollcall', 'rollcall.db'))).toBe(true)
  }
})
