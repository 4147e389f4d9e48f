// Only a real process can show these: exit code, pipes, signals, and the permissions of files that it creates.

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Readable, Writable } from 'node:stream'
import { runCommand } from '@rollcall/server/cli'
import { bin, byProcess, command, environmentOf, json, start } from './command.js'
import { openWorld, plan, type World } from './world.js'

let [world, folder] = [undefined as unknown as World, '']
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'rollcall-process-'))
  await json(world, ['sync'])
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a command that runs inside another process leaves no exit code, listener, timer or open file behind', async () => {
  const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)])
  const resources = () => process.getActiveResourcesInfo().filter((name) => !/TCP|Pipe|TTY|FSReq|Immediate/.test(name))
  const state = () => [process.exitCode, listeners(), process.cwd(), process.umask()]
  const [before, resourcesBefore] = [state(), resources().length]
  const outcomes = []
  for (const words of [['sync'], ['dance'], ['run', 'nobody', '--approve', 'x'], ['--version'], ['runs', '--json']])
    outcomes.push((await command(world, words)).code)
  expect(outcomes).toEqual([0, 2, 2, 0, 0])
  expect(state()).toEqual(before)
  expect(resources().length).toBeLessThanOrEqual(resourcesBefore)
})

const forged = () => {
  const file = join(folder, 'forged.jsonl')
  writeFileSync(file, '{"fact":{},"index":1,"hash":"none"}\n')
  return file
}
const approvedWrongly = async () => {
  const { planId } = (await plan(world)).plan
  return ['run', planId, '--approve', '0'.repeat(64)]
}

const unreadable = async () => {
  await world.control('faults', { kind: 'html', match: { path: 'users/search' }, times: -1 })
  return ['sync']
}

it.each([
  [0, () => ['licenses', '--json'], {}],
  [0, () => ['help'], {}],
  [1, () => ['audit', 'verify', forged()], {}],
  [2, () => ['dance'], {}],
  [2, () => ['policy', 'validate', join(folder, 'missing.yaml')], {}],
  [3, approvedWrongly, {}],
  [4, () => ['sync'], { ROLLCALL_API_KEY: 'wrong' }],
  [6, unreadable, {}],
] as const)(
  'a process exits with %i and prints the same as the command inside another process',
  async (code, of, env) => {
    const words = await of()
    const ended = await byProcess(world, words, { env })
    expect(ended.code).toBe(code)
    expect(await command(world, words, { env })).toEqual(ended)
    await fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' })
  },
)

it('a command reads piped standard input to its end', async () => {
  const { accounts } = await json<{ accounts: { accountId: string }[] }>(world, ['accounts', '--limit', '40'])
  const input = `${accounts.map(({ accountId }) => accountId).join('\n')}\n`
  const words = ['plan', '--action', 'suspend-access', '--accounts', '-', '--json']
  const { code, stdout } = await byProcess(world, words, { input })
  const { actions, spared } = JSON.parse(stdout) as { actions: unknown[]; spared: { total: number } }
  expect([code, actions.length + spared.total]).toEqual([0, 40])
})

it('a reader may close the pipe early without an error', async () => {
  const child = start(world, ['accounts', '--csv'])
  let stderr = ''
  child.stderr?.on('data', (text) => (stderr += String(text)))
  child.stdout?.destroy()
  const [code] = (await once(child, 'close')) as [number]
  expect([code, stderr]).toEqual([0, ''])
})

it('without a terminal a command draws no progress bar', async () => {
  const { code, stderr } = await byProcess(world, ['sync', '--json'])
  expect([code, stderr]).toEqual([0, ''])
})

it('a server closes its database and exits with 0 on SIGTERM', async () => {
  const child = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  if (child.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  expect(line).toMatch(/^Rollcall listens on http:\/\/127\.0\.0\.1:\d+$/)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('a server ends on SIGTERM although a browser holds a connection on which it has sent nothing', async () => {
  const child = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  if (child.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const held = connect(Number(line.split(':').at(-1)), '127.0.0.1').on('error', () => undefined)
  await once(held, 'connect')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  held.destroy()
})

/** Starts a server of its own process. */
async function served() {
  const child = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  let stderr = ''
  child.stderr?.on('data', (text) => (stderr += String(text)))
  if (child.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, url: line.split(' ').at(-1) ?? '', port: Number(line.split(':').at(-1)), stderr: () => stderr }
}

it('a server that ends still responds to what has begun, and accepts nothing new', async () => {
  await world.control('faults', { kind: 'delay', delayMs: 400, match: { path: 'users/search' }, times: -1 })
  const { child, url, stderr } = await served()
  const headers = { 'content-type': 'application/json' }
  const syncing = fetch(`${url}/api/sync`, { method: 'POST', headers, body: '{}' })
  const begun = async (): Promise<void> => {
    if ((await (await fetch(`${url}/api/sync`)).text()) === 'null') return begun()
  }
  await begun()
  child.kill('SIGTERM')
  const exited = once(child, 'exit')
  const response = await syncing
  expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ complete: true })])
  expect(await exited).toEqual([0, null])
  await expect(fetch(`${url}/api/overview`)).rejects.toThrow()
  expect(stderr()).toBe('')
  await fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' })
})

it('a body that never ends holds a server for seconds at most', async () => {
  const { child, port } = await served()
  const held = connect(port, '127.0.0.1').on('error', () => undefined)
  await once(held, 'connect')
  held.write(
    `POST /api/stop HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
  )
  await fetch(`http://127.0.0.1:${port}/api/overview`)
  const before = Date.now()
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(Date.now() - before).toBeLessThan(9000)
  held.destroy()
})

const isolated = process.platform === 'linux' && spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0
it.runIf(isolated)('the first process of a container ends on SIGTERM in the middle of a sync', async () => {
  await world.control('faults', { kind: 'delay', delayMs: 20_000, match: { path: 'users/search' }, times: -1 })
  const calls = async () => (await fetch(`${world.simulator.url}/_simulator/calls`)).text()
  const earlier = await calls()
  const words = ['--pid', '--fork', '--kill-child', process.execPath, bin, 'sync']
  const child = spawn('unshare', words, { env: environmentOf(world), stdio: 'ignore' })
  await expect.poll(calls, { timeout: 20_000 }).not.toBe(earlier)
  const [pid] = execFileSync('pgrep', ['-P', String(child.pid)])
    .toString()
    .trim()
    .split('\n')
  const before = Date.now()
  process.kill(Number(pid), 'SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(143)
  expect(Date.now() - before).toBeLessThan(5000)
  await fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' })
})

it('files with personal data are readable by their owner only', async () => {
  const database = join(folder, 'own', 'rollcall.db')
  expect((await byProcess(world, ['sync'], { env: { ROLLCALL_DATABASE: database } })).code).toBe(0)
  expect(statSync(database).mode & 0o077).toBe(0)
})

it('relative file names start from the working directory of the command, not of the process', async () => {
  writeFileSync(join(world.settings.database, '..', 'ids.txt'), 'nobody at all\n')
  const { code, stderr } = await command(world, ['plan', '--action', 'suspend-access', '--accounts', 'ids.txt'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('ids.txt: line 1 is not an account id')])
})

const simulating = ['simulate', '--port', '0', '--users', '10']
const listening = /^simulator listening on http:\/\/127\.0\.0\.1:\d+$/m

it('the built command starts the simulator and ends it on SIGTERM', async () => {
  const child = start(world, simulating)
  if (child.stdout === null) throw new Error('the command has no output')
  expect(await once(createInterface(child.stdout), 'line')).toEqual([expect.stringMatching(listening)])
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('the command from its sources starts the same simulator and ends it with the process', async () => {
  const ended = new AbortController()
  const output: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      output.push(text)
      ended.abort()
      done()
    },
  })
  const code = await runCommand({
    words: simulating,
    stdin: Readable.from([]),
    stdout: stream,
    stderr: stream,
    environment: environmentOf(world),
    folder,
    untilEnded: () => ended.signal,
  })
  expect([code, output.join('')]).toEqual([0, expect.stringMatching(listening)])
})
