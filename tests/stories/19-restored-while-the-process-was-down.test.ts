import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { byProcess, start } from './command.js'
import { by, openWorld, plan, type World } from './world.js'

let world: World
afterEach(() => world.close())
const patience = 180_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(5)
}

it(
  'when a person restores an account that was suspended right before a kill, the resumed run reports it as unknown and leaves it alone',
  async () => {
    world = await openWorld()
    const suspending = { scope: 'organization', conditions: { 'inactive-for': '90d' }, actions: ['suspend-access'] }
    await world.app.setLimits({ unknown: 50 }, by)
    const { plan: made } = await plan(world, { ...suspending, limits: { take: 3, unknown: 50 } })
    const [first, second] = made.actions.map(({ accountId }) => accountId)
    const [history, othersHistory] = [first, second].map((id) => () => world.truth(id ?? '')?.history ?? [])
    const words = ['run', made.planId, '--approve', made.fingerprint]

    await world.control('faults', { kind: 'delay', delayMs: 1000, times: 1, match: { path: '/suspend' } })
    const child = start(world, words)
    const ended = once(child, 'exit')
    const sentRequests = async () => Object.entries((await world.control('calls'))['byPath'] as Record<string, number>)
    await until(async () => (await sentRequests()).some(([path]) => path.endsWith('/suspend')))
    child.kill('SIGKILL')
    await ended
    await until(() => history?.().length === 1)
    await world.control(`accounts/${first ?? ''}/restore`, {})
    await wait(31_000)

    expect((await byProcess(world, words)).code).toBe(5)
    const [run] = await world.app.runs(1)
    expect([run?.status, run?.counts]).toMatchObject(['finished', { applied: 2, unknown: 1 }])
    const [left] = await world.app.results(run?.runId ?? '')
    expect([left?.accountId, left?.state]).toEqual([first, 'unknown'])
    expect(left?.reason).toContain('check this account before you try again')
    expect([history?.().length, othersHistory?.().length]).toEqual([2, 1])
    const facts = []
    for await (const { fact } of world.app.audit()) if (fact.subject === first) facts.push(fact.event)
    expect(facts).toEqual(['intent', 'result'])
    expect((await world.app.verifyAudit()).ok).toBe(true)
  },
  patience,
)
