import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())
const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** Runs the command line; kills it with SIGKILL as soon as so many changes have arrived. Resolves with its exit code. */
async function runCommand(changes: number, planId: string, fingerprint: string): Promise<number | null> {
  const { database, atlassianUrl, organizationId, readKey } = world.settings
  const env = {
    ...process.env,
    ROLLCALL_DATABASE: database,
    ROLLCALL_ATLASSIAN_URL: atlassianUrl,
    ROLLCALL_ORG_ID: organizationId,
    ROLLCALL_API_KEY: readKey,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'run', planId, '--approve', fingerprint], {
    env,
    stdio: 'ignore',
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  let alive = true
  void ended.then(() => (alive = false))
  while (alive && (await world.writes()).length < changes) await new Promise((resolve) => setImmediate(resolve))
  if (alive) child.kill('SIGKILL')
  return (await ended)[0]
}

it.each([1, 3, 5])('killed after %i changes and started again: nobody twice, nobody forgotten', async (changes) => {
  world = await openWorld()
  const { plan: made } = await plan(world)
  expect(await runCommand(changes, made.planId, made.fingerprint)).toBeNull()
  expect(await runCommand(Infinity, made.planId, made.fingerprint)).toBe(0)
  const [ended] = await world.app.runs(1)
  expect([ended?.status, ended?.counts.applied]).toEqual(['finished', made.actions.length])
  const sent = await world.app.results(ended?.runId ?? '')
  expect(made.actions.map(({ accountId }) => world.truth(accountId)?.history.length)).toEqual(
    sent.map((step) => step.changes.length),
  )
  const subjects = []
  for await (const { fact } of world.app.audit()) if (fact.event === 'result') subjects.push(fact.subject)
  expect(subjects).toEqual(made.actions.map(({ accountId }) => accountId))
  expect((await world.app.verifyAudit()).ok).toBe(true)
})
