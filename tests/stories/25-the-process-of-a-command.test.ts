// What only a process shows: its exit code, its pipes and signals, and the rights of the files that it makes.

import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { byProcess, command, json, start } from './command.js'
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

it('a command within another process leaves nothing behind: no exit code, no listener, no timer, no open file', async () => {
  const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)])
  const held = () => process.getActiveResourcesInfo().filter((name) => !/TCP|Pipe|TTY|FSReq|Immediate/.test(name))
  const state = () => [process.exitCode, listeners(), process.cwd(), process.umask()]
  const [before, heldBefore] = [state(), held().length]
  const outcomes = []
  for (const words of [['sync'], ['dance'], ['run', 'nobody', '--approve', 'x'], ['--version'], ['runs', '--json']])
    outcomes.push((await command(world, words)).code)
  expect(outcomes).toEqual([0, 2, 2, 0, 0])
  expect(state()).toEqual(before)
  expect(held().length).toBeLessThanOrEqual(heldBefore)
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
] as const)('a process ends with %i and says the same as the command within another process', async (code, of, env) => {
  const words = await of()
  const ended = await byProcess(world, words, { env })
  expect(ended.code).toBe(code)
  expect(await command(world, words, { env })).toEqual(ended)
  await fetch(`${world.simulator.url}/_simulator/faults`, { method: 'DELETE' })
})

it('standard input is read to its end, as it is piped', async () => {
  const { accounts } = await json<{ accounts: { accountId: string }[] }>(world, ['accounts', '--limit', '40'])
  const input = `${accounts.map(({ accountId }) => accountId).join('\n')}\n`
  const words = ['plan', '--action', 'suspend-access', '--accounts', '-', '--json']
  const { code, stdout } = await byProcess(world, words, { input })
  const { actions, spared } = JSON.parse(stdout) as { actions: unknown[]; spared: { total: number } }
  expect([code, actions.length + spared.total]).toEqual([0, 40])
})

it('a reader that closes the pipe early is no error', async () => {
  const child = start(world, ['accounts', '--csv'])
  let stderr = ''
  child.stderr?.on('data', (text) => (stderr += String(text)))
  child.stdout?.destroy()
  const [code] = (await once(child, 'close')) as [number]
  expect([code, stderr]).toEqual([0, ''])
})

it('without a terminal no progress is drawn', async () => {
  const { code, stderr } = await byProcess(world, ['sync', '--json'])
  expect([code, stderr]).toEqual([0, ''])
})

it('a server that is asked to end closes its database and ends with 0', async () => {
  const child = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  if (child.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  expect(line).toMatch(/^Rollcall listens on http:\/\/127\.0\.0\.1:\d+$/)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('files with the names of people are made for their owner only', async () => {
  const database = join(folder, 'own', 'rollcall.db')
  expect((await byProcess(world, ['sync'], { env: { ROLLCALL_DATABASE: database } })).code).toBe(0)
  expect(statSync(database).mode & 0o077).toBe(0)
})

it('files that are named relative to the working folder are found there, wherever the process is', async () => {
  writeFileSync(join(world.settings.database, '..', 'ids.txt'), 'nobody at all\n')
  const { code, stderr } = await command(world, ['plan', '--action', 'suspend-access', '--accounts', 'ids.txt'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('"nobody at all" is not an account id')])
})
