import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { betweenPolls } from '../between-polls.js'
import { byProcess, start } from '../stories/command.js'
import { openWorld, plan, type World } from '../stories/world.js'

let world: World
afterEach(() => world.close())

it.each([2, 6])(
  'F1: the command line, killed after %i changed requests, resumes: no account is changed twice, and none is left out',
  async (requests) => {
    world = await openWorld()
    const { plan: made } = await plan(world, { limits: { take: 3 } })
    const before = Number((await world.control('calls'))['total'])
    const words = ['run', made.planId, '--approve', made.fingerprint]
    const child = start(world, words)
    const ended = once(child, 'exit')
    while (Number((await world.control('calls'))['total']) < before + requests) await betweenPolls()
    child.kill('SIGKILL')
    await ended
    expect((await byProcess(world, words)).code).toBe(0)
    expect(made.actions.map(({ accountId }) => world.truth(accountId)?.history.length)).toEqual([1, 1, 1])
    expect((await world.app.verifyAudit()).ok).toBe(true)
  },
)
