// The stage of one life: simulator, proxy, database, and a server that is started again after each kill.

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
/** The simulated time of the start, a Tuesday. */
export const begins = Date.parse('2026-11-24T08:00:00Z')

/** A change at Atlassian, as the simulator knows it, and the number of its intents in the audit log at that moment. */
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
  /** The point is the Nth request, the Nth change, the Nth write, the Nth audit entry, or a time. */
  readonly by: 'request' | 'change' | 'write' | 'entry' | 'time'
  readonly n: number
  readonly moment: Moment | WritePoint['when']
  /** Milliseconds from the point, or from the beginning of the phase, to the kill. */
  readonly delay?: number
}
export interface StageOptions {
  readonly program: string
  readonly users?: number
  readonly seed?: number
  /** A folder with the database at the start. */
  readonly template?: string
  readonly realWaits?: boolean
  readonly env?: Readonly<Record<string, string>>
}
/** The number of accounts and the seed of the organization, by default. */
const [defaultUsers, defaultSeed] = [320, 1]

/** Opens a stage, without starting the server. */
export async function openStage({
  program,
  users = defaultUsers,
  seed = defaultSeed,
  template,
  realWaits,
  env,
}: StageOptions) {
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
  const [effects, output, struck, marked]: [Effect[], string[], Armed[], Set<string>] = [[], [], [], new Set()]
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
    const response = await fetch(`${simulator.url}/_simulator/${path}`, post)
    return (await response.json()) as Record<string, unknown>
  }
  const now = () => Date.now() + offset
  const skip = async (ms: number) => {
    offset += ms
    await control('clock', { advanceMs: ms })
  }

  let reader: Database.Database | undefined
  /** Reads the database file directly, without the product. */
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
  /** Notes the changes through the API since the last call. */
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

  /** Notes the accounts whose response a bad network may lose. */
  function noteLost({ path, body }: Passing): void {
    for (const { accountId } of organization.accounts)
      if (path.includes(encodeURIComponent(accountId)) || body.includes(accountId)) lost.add(accountId)
  }

  /** After a kill: notes the steps that were marked as sent. */
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
      onOutput: (text) => output.push(text),
      onSkip: skip,
      realWaits: realWaits === true,
    })
    if (started.url !== undefined || (await started.exited).signal === 'SIGKILL') server = started
    else throw new Error(`The server ended at its start: ${output.slice(-3).join(' ')}`)
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
    output,
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
    /** Decides the fate of every request; undefined lets it pass. */
    useFates: (decide: typeof fates) => void (fates = decide),
    /** Stops the server and moves both clocks forward. Start the server again afterwards. */
    async jump(ms: number) {
      await this.stop()
      await skip(ms)
    },
    /** Arms one point instead of the one before. */
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
    /** Runs a command of the product. */
    async command(...words: readonly string[]) {
      const child = spawn(process.execPath, [program, ...words], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const printed = { stdout: '', stderr: '' }
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text))
      const [code] = (await once(child, 'close')) as [number | null]
      output.push(printed.stdout, printed.stderr)
      return { code, ...printed }
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
