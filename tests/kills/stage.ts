// The stage of one life: simulator, proxy and database, and the server that is started again whenever it was killed.

import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@rollcall/simulator'
import { startProxy, type Fate, type Moment, type Passing } from './proxy.js'
import { ServerGone, startServer, type Server, type WritePoint } from './server.js'

export const host = 'acme.atlassian.net'
/** A Tuesday, whenever the tests run. */
export const begins = Date.parse('2026-11-24T08:00:00Z')

/** What changed at Atlassian, as the simulator knows it, and what the audit log told at that moment. */
export interface Effect {
  readonly accountId: string
  readonly change: string
  readonly request: string
  /** Simulated time. */
  readonly at: number
  readonly phase: string
  readonly intents: number
  readonly inactiveSince: number | undefined
}

export interface Armed {
  /** The Nth request, the Nth that may change something, the Nth write, the Nth audit entry, or a moment of time. */
  readonly by: 'request' | 'change' | 'write' | 'entry' | 'time'
  readonly n: number
  readonly moment: Moment | WritePoint['when']
  /** Milliseconds between the point, or the begin of the phase, and the kill. */
  readonly delay?: number
}
export interface StageOptions {
  readonly program: string
  readonly users?: number
  readonly seed?: number
  /** A folder with a database to begin with. */
  readonly template?: string
  readonly realWaits?: boolean
  readonly env?: Readonly<Record<string, string>>
}
/** How many accounts, and which of the possible organizations. */
const [usual, seeded] = [320, 1]

/** Opens a stage; nothing is started yet. */
export async function openStage({ program, users = usual, seed = seeded, template, realWaits, env }: StageOptions) {
  const simulator = await startSimulator({ users, seed, now: new Date(begins).toISOString() })
  const { organization } = simulator
  const proxy = await startProxy(simulator.url)
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-kills-'))
  if (template !== undefined) cpSync(template, folder, { recursive: true })
  const database = join(folder, 'rollcall.db')
  let offset = begins - Date.now()
  let server: Server | undefined
  let phase = 'start'
  let armedNow: Armed | undefined
  let fates: (passing: Passing) => Fate | undefined = () => undefined
  const [effects, heard, struck, marked]: [Effect[], string[], Armed[], Set<string>] = [[], [], [], new Set()]
  const environment = {
    ROLLCALL_DATABASE: database,
    ROLLCALL_MASTER_KEY_FILE: join(folder, 'master.key'),
    ROLLCALL_ATLASSIAN_URL: proxy.url,
    ROLLCALL_ORG_ID: organization.id,
    ROLLCALL_API_KEY: organization.keys.unscoped,
    ...env,
  }
  const control = async (path: string, body?: unknown) => {
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${simulator.url}/_simulator/${path}`, post)
    return (await answer.json()) as Record<string, unknown>
  }
  const now = () => Date.now() + offset
  const skip = async (ms: number) => {
    offset += ms
    await control('clock', { advanceMs: ms })
  }

  let reader: Database.Database | undefined
  /** Looks into the database as it lies on the disk, without asking the product. */
  function read<Row>(sql: string, ...given: readonly string[]): readonly Row[] {
    if (!existsSync(database)) return []
    reader ??= new Database(database, { readonly: true })
    const known = reader.prepare("select 1 from sqlite_master where name in ('audit', 'steps')").all()
    return known.length < 2 ? [] : (reader.prepare(sql).all(...given) as Row[])
  }
  const intentsOf = (accountId: string): number =>
    read<{ fact: string }>('select fact from audit').filter(({ fact }) => {
      const { event, subject } = JSON.parse(fact) as Record<string, unknown>
      return (event === 'intent' || event === 'resent') && subject === accountId
    }).length

  const lost = new Set<string>()
  const sent: { readonly phase: string; readonly request: string }[] = []
  const known = new Map<string, number>()
  /** Looks for accounts that the API has changed since the last look. */
  function noteEffects({ method, path }: Passing): void {
    for (const { accountId, history, lastActive, addedToOrg } of organization.accounts) {
      const seen = known.get(accountId) ?? 0
      known.set(accountId, history.length)
      for (const { change, by, at } of history.slice(seen)) {
        if (by !== 'api') continue
        const inactiveSince = Math.max(addedToOrg, ...lastActive.values())
        const intents = intentsOf(accountId)
        effects.push({ accountId, change, at, phase, intents, inactiveSince, request: `${method} ${path}` })
      }
    }
  }

  /** Whose answer a bad network may lose. */
  function noteLost({ path, body }: Passing): void {
    for (const { accountId } of organization.accounts)
      if (path.includes(encodeURIComponent(accountId)) || body.includes(accountId)) lost.add(accountId)
  }

  /** After a kill: the steps whose request had left, or was about to. */
  function noteMarks(): void {
    for (const { doc } of read<{ doc: string }>('select doc from steps')) {
      const step = JSON.parse(doc) as Record<string, unknown>
      if (step['state'] === 'sent') marked.add(`${String(step['runId'])} ${String(step['accountId'])}`)
    }
  }

  async function start(armed?: WritePoint): Promise<Server> {
    const started = await startServer({
      program,
      env: environment,
      offset,
      armed,
      hear: (text) => heard.push(text),
      onSkip: skip,
      realWaits: realWaits === true,
    })
    if (started.url !== undefined || (await started.exited).signal === 'SIGKILL') server = started
    else throw new Error(`The server ended at its start: ${heard.slice(-3).join(' ')}`)
    void started.exited.then(({ signal }) => {
      if (signal !== 'SIGKILL') return
      if (armedNow !== undefined) struck.push(armedNow)
      armedNow = undefined
      noteMarks()
    })
    return started
  }

  function directRequests(armed: Armed | undefined): void {
    const { by, n, moment, delay } = armed ?? {}
    armedNow = armed
    const killLater = () =>
      setTimeout(() => {
        if (armedNow === armed) server?.kill()
      }, delay)
    if (by === 'time') killLater()
    proxy.direct({
      fate(passing) {
        const at = by === 'request' ? passing.number : by === 'change' && passing.change ? passing.changeNumber : 0
        if (at > 0 && at === n && server?.alive() === true) {
          if (delay === undefined) return moment as Moment
          killLater()
        }
        if (passing.change) sent.push({ phase, request: `${passing.method} ${passing.path} ${passing.body}` })
        const fate = fates(passing) ?? 'pass'
        if (fate !== 'pass' && passing.change) noteLost(passing)
        return fate
      },
      effected: noteEffects,
      kill: () => server?.kill(),
    })
  }
  directRequests(undefined)

  return {
    simulator,
    organization,
    proxy,
    folder,
    effects,
    heard,
    struck,
    marked,
    lost,
    sent,
    control,
    now,
    read,
    environment,
    phase: () => phase,
    enter: (next: string) => void (phase = next),
    /** Lets every request meet what `decide` says; undefined passes. */
    meet: (decide: typeof fates) => void (fates = decide),
    /** Puts both clocks forward; the server has to be started anew. */
    async jump(ms: number) {
      await this.stop()
      await skip(ms)
    },
    /** Arms one point; what was armed before is forgotten. */
    async arm(armed: Armed | undefined, atStart = false): Promise<void> {
      directRequests(armed)
      const inside = armed?.by === 'write' || armed?.by === 'entry'
      const point = inside ? ({ of: armed.by, n: armed.n, when: armed.moment } as WritePoint) : undefined
      if (atStart) await start(point)
      else if (server?.alive() === true) await server.arm(point)
    },
    alive: () => server?.alive() === true,
    start: async () => void (await start()),
    written: () => server?.written() ?? Promise.resolve({ writes: 0, entries: 0 }),
    call: (method: string, path: string, body?: unknown) => {
      if (server?.alive() !== true) return Promise.reject(new ServerGone())
      return server.call(method, path, body)
    },
    async stop() {
      const ended = await server?.stop()
      server = undefined
      return ended
    },
    /** Runs a command line of the product. */
    async command(...words: readonly string[]) {
      const child = spawn(process.execPath, [program, ...words], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const said = { stdout: '', stderr: '' }
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text))
      const [code] = (await once(child, 'close')) as [number | null]
      heard.push(said.stdout, said.stderr)
      return { code, ...said }
    },
    async close() {
      if (server?.alive() === true) {
        server.kill()
        await server.exited
      }
      reader?.close()
      await proxy.close()
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Stage = Awaited<ReturnType<typeof openStage>>
