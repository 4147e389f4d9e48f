import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { start } from './command.js'
import { openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())

const accounts = 4
const surelyInTime = 4
type Reached = () => Promise<boolean>
const never: Reached = () => Promise.resolve(false)

/** Runs the plan in a process of its own; kills it with SIGKILL once the moment is reached. Resolves with its exit code. */
async function runCommand(planId: string, fingerprint: string, reached: Reached): Promise<number | null> {
  const child = start(world, ['run', planId, '--approve', fingerprint])
  const ended = once(child, 'exit') as Promise<[number | null]>
  let alive = true
  void ended.then(() => (alive = false))
  while (alive && !(await reached())) await new Promise((resolve) => setImmediate(resolve))
  if (alive) child.kill('SIGKILL')
  return (await ended)[0]
}

/** Kills at the moment, runs again, and checks that everybody was acted on exactly once. */
async function survives(moment: () => Promise<number>, at: number): Promise<void> {
  world = await openWorld()
  const { plan: made } = await plan(world, { limits: { take: accounts } })
  const before = await moment()
  const killed = (await runCommand(made.planId, made.fingerprint, async () => (await moment()) >= before + at)) === null
  if (at <= surelyInTime) expect(killed).toBe(true) // later ones may come after the end: then nothing may change
  expect(await runCommand(made.planId, made.fingerprint, never)).toBe(0)
  const [ended] = await world.app.runs(1)
  expect([ended?.status, ended?.counts.applied]).toEqual(['finished', accounts])
  const sent = await world.app.results(ended?.runId ?? '')
  expect(made.actions.map(({ accountId }) => world.truth(accountId)?.history.length)).toEqual(
    sent.map((step) => step.changes.length),
  )
  const subjects = []
  for await (const { fact } of world.app.audit()) if (fact.event === 'result') subjects.push(fact.subject)
  expect(subjects).toEqual(made.actions.map(({ accountId }) => accountId))
  expect((await world.app.verifyAudit()).ok).toBe(true)
}

const calls = async () => Number((await world.control('calls'))['total'])
const entries = async () => (await world.app.auditHead())?.index ?? 0

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'killed after %i requests and started again: nobody twice, nobody forgotten, and the log verifies',
  async (requests) => {
    await survives(calls, requests)
  },
)

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'killed after %i entries of the audit log and started again: nobody twice, nobody forgotten, and the log verifies',
  async (written) => {
    await survives(entries, written)
  },
)
