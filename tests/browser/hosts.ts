// The hosts of the page, each with an organization in which a run has ended.

import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import type { SimulatorOptions } from '@rollcall/simulator'
import { openForgeWorld } from '../forge/world.js'
import { start } from '../stories/command.js'
import { openWorld, plan, run, type World } from '../stories/world.js'

/** The API of the server, as a script uses it. */
const apiOf =
  (url: string) =>
  async (method: string, path: string, body?: unknown): Promise<never> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}api${path}`, { method, headers: { 'content-type': 'application/json' }, ...sent })
    return (await answer.json()) as never
  }

/** The ports of closed hosts. On the same port, Chromium does not compile the scripts of the page again. */
const ports = { server: [] as number[], forge: [] as number[] }
type Host = keyof typeof ports

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** A port of a closed host of the same kind, or 0 for any free port. The two kinds serve different pages. */
export async function takePort(host: Host): Promise<number> {
  const port = ports[host].pop()
  return port !== undefined && (await isFree(port)) ? port : 0
}

/** Offers the port of a closed host to the next host. */
export const leavePort = (host: Host, url: string): void => void ports[host].push(Number(new URL(url).port))

interface Serving {
  readonly server: ReturnType<typeof start>
  readonly url: string
}

/** Starts the server, and waits until it listens; unconnected without keys in its environment. */
async function serving(world: World, port: string, connected: boolean): Promise<Serving> {
  const keys = connected ? {} : { ROLLCALL_ORG_ID: undefined, ROLLCALL_API_KEY: undefined }
  const server = start(world, ['serve'], { ROLLCALL_PORT: port, ...keys })
  if (server.stdout === null || server.stderr === null) throw new Error('the server has no output')
  const errors: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  const listens = once(createInterface(server.stdout), 'line') as Promise<[string]>
  const ended = once(server, 'close').then(() => undefined)
  const first = await Promise.race([listens, ended])
  if (first !== undefined) return { server, url: `${first[0].split(' ').at(-1) ?? ''}/` }
  // Another process may have taken the port of a closed host in the meantime.
  if (port === '0' || !errors.join('').includes(port)) throw new Error(`The server ended: ${errors.join('')}`)
  return serving(world, '0', connected)
}

interface ServerOptions extends SimulatorOptions {
  /** Without a first sync. */
  readonly fresh?: boolean
  readonly connected?: boolean
}

/** The self-hosted server. */
export async function openServer({ fresh = false, connected = true, ...options }: ServerOptions = {}) {
  const world = await openWorld(options)
  if (!fresh) await run(world, (await plan(world)).plan)
  let { server, url } = await serving(world, String(await takePort('server')), connected)
  return {
    url,
    world,
    api: apiOf(url),
    key: world.settings.readKey,
    /** Kills the process. Call the returned function to start another one in its place. */
    async kill() {
      server.kill('SIGKILL')
      await once(server, 'exit')
      return async () => {
        ;({ server, url } = await serving(world, new URL(url).port, connected))
      }
    },
    async close() {
      server.kill('SIGTERM')
      await once(server, 'exit')
      leavePort('server', url)
      await world.close()
    },
  }
}

/** The app inside Jira; `frame` is the page of Jira around it. */
export async function openForge() {
  const world = await openForgeWorld({ users: 400, now: new Date().toISOString() }, { port: await takePort('forge') })
  const asWorld = world as unknown as World
  await run(asWorld, (await plan(asWorld)).plan)
  const { host, simulator, close } = world
  return {
    url: `${host.url}app/`,
    frame: host.url,
    host,
    key: simulator.organization.keys.unscoped,
    async close() {
      await close()
      leavePort('forge', host.url)
    },
  }
}
