// The hosts of the page, each with an organization in which a run has ended.

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { openForgeWorld } from '../forge/world.js'
import { start } from '../stories/command.js'
import { openWorld, plan, run, type World } from '../stories/world.js'

/** The self-hosted server. */
export async function openServer() {
  const world = await openWorld()
  await run(world, (await plan(world)).plan)
  const server = start(world, ['serve'], { ROLLCALL_PORT: '0' })
  if (server.stdout === null) throw new Error('the server has no output')
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
  return {
    url: `${line.split(' ').at(-1) ?? ''}/`,
    key: world.settings.readKey,
    async close() {
      server.kill('SIGTERM')
      await world.close()
    },
  }
}

/** The app inside Jira; `frame` is the page of Jira around it. */
export async function openForge() {
  const world = await openForgeWorld({ users: 400, now: new Date().toISOString() })
  const asWorld = world as unknown as World
  await run(asWorld, (await plan(asWorld)).plan)
  const { host, simulator, close } = world
  return { url: `${host.url}app/`, frame: host.url, host, key: simulator.organization.keys.unscoped, close }
}
