import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { betweenPolls } from '../between-polls.js'
import { command, start } from './command.js'
import type { Plan } from '@rollcall/core'
import type { ForgeHost } from '@rollcall/forge-host'
import { by, onForge, openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())

const accounts = 4
const alwaysBeforeTheEnd = 4
type Reached = () => Promise<boolean>

/**
 * Runs the plan by the command line. With a moment, in its own process, which dies once the moment is reached. Returns whether
 * it was killed.
 */
async function byCommand({ planId, fingerprint }: Plan, reached?: Reached): Promise<boolean> {
  const words = ['run', planId, '--approve', fingerprint]
  if (reached === undefined) {
    expect((await command(world, words)).code).toBe(0)
    return false
  }
  const child = start(world, words)
  const ended = once(child, 'exit') as Promise<[number | null]>
  let alive = true
  void ended.then(() => (alive = false))
  while (alive && !(await reached())) await betweenPolls()
  if (alive) child.kill('SIGKILL')
  const [code] = await ended
  if (code !== null) expect(code).toBe(0)
  return code === null
}

/** Approves the plan inside Jira, ends the worker's invocation once the moment is reached, and lets the platform continue. */
async function insideJira({ planId, fingerprint }: Plan, reached?: Reached): Promise<boolean> {
  const { host } = world as unknown as { readonly host: ForgeHost }
  await world.app.approve({ planId, fingerprint }, by)
  let busy = true
  const ended = host.idle(120_000).then(() => (busy = false))
  while (reached !== undefined && busy && !(await reached())) await betweenPolls()
  const killed = reached !== undefined && host.kill('worker') > 0
  await ended
  return killed
}
const execute = onForge ? insideJira : byCommand

/** For each account of a plan, how many of its groups grant the product that the plan revokes. */
function grantingGroups({ actions }: Plan): readonly number[] {
  const { groups } = world.simulator.organization
  const grants = (id: string, ari: string | undefined) => groups.get(id)?.grants.some((one) => one.ari === ari) === true
  return actions.map(
    ({ accountId, target }) =>
      [...(world.truth(accountId)?.groups ?? [])].filter((id) => grants(id, target.workspace)).length,
  )
}

/** Kills the run at the moment, resumes it, and checks that every account was changed exactly once. */
async function survives(moment: () => Promise<number>, at: number): Promise<void> {
  world = await openWorld({ users: 120 })
  const { plan: made } = await plan(world, { limits: { take: accounts } })
  const [before, needed] = [await moment(), grantingGroups(made)]
  const killed = await execute(made, async () => (await moment()) >= before + at)
  if (at <= alwaysBeforeTheEnd) expect(killed).toBe(true) // later moments may come after the end: then nothing may change
  expect(await execute(made)).toBe(false)
  const [ended] = await world.app.runs(1)
  expect([ended?.status, ended?.counts.applied]).toEqual(['finished', accounts])
  expect(made.actions.map(({ accountId }) => world.truth(accountId)?.history.length)).toEqual(needed)
  const subjects = []
  for await (const { fact } of world.app.audit()) if (fact.event === 'result') subjects.push(fact.subject)
  expect(subjects).toEqual(made.actions.map(({ accountId }) => accountId))
  expect((await world.app.verifyAudit()).ok).toBe(true)
}

const calls = async () => Number((await world.control('calls'))['total'])
const entries = async () => (await world.app.auditHead())?.index ?? 0

// Inside Jira each case takes several cold starts, so there are fewer.
it.each(onForge ? [1, 5, 9] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'a run killed after %i requests resumes: every account is changed exactly once, and the audit log verifies',
  async (requests) => {
    await survives(calls, requests)
  },
)

it.each(onForge ? [2, 5] : [1, 2, 3, 4, 5, 6, 7, 8])(
  'a run killed after %i audit entries resumes: every account is changed exactly once, and the audit log verifies',
  async (written) => {
    await survives(entries, written)
  },
)
