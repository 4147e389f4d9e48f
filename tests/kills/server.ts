// The real server: `rollcall serve` as a process of its own, its HTTP interface, and everything that it ever said.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const inside = fileURLToPath(new URL('inside.cjs', import.meta.url))

/** Right before or right after the Nth statement that writes, or writes to the audit log, counted from when it was armed. */
export interface WritePoint {
  readonly of: 'write' | 'entry'
  readonly n: number
  readonly when: 'before' | 'after'
}
export interface ServerOptions {
  readonly program: string
  readonly env: Readonly<Record<string, string>>
  /** How far its clock is ahead. */
  readonly offset: number
  /** A point that is armed before the first statement. */
  readonly armed?: WritePoint | undefined
  readonly realWaits?: boolean
  /** It waits no time, and puts its clock forward instead. */
  readonly onSkip: (ms: number) => Promise<void>
  readonly hear: (text: string) => void
}
/** The process is gone: no answer can come. */
export class ServerGone extends Error {}

interface Told {
  readonly id: number
  readonly skip?: number
  readonly writes?: number
  readonly entries?: number
}

const environment = (options: ServerOptions): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('ROLLCALL_') ? [] : [[name, value]],
    ),
  ),
  ...options.env,
  ROLLCALL_PORT: '0',
  KILL_CLOCK_OFFSET: String(options.offset),
  ...(options.armed === undefined ? {} : { KILL_POINT: JSON.stringify(options.armed) }),
  ...(options.realWaits === true ? { KILL_REAL_WAITS: 'yes' } : {}),
})

/** Starts it and waits until it listens; `url` is undefined when it died before. */
export async function startServer(options: ServerOptions) {
  const { program, onSkip, hear } = options
  const child: ChildProcess = spawn(process.execPath, ['--require', inside, program, 'serve'], {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let url: string | undefined
  let alive = true
  const exited = once(child, 'exit').then(([code, signal]) => {
    alive = false
    return { code: code as number | null, signal: signal as string | null }
  })
  const waiting = new Map<number, (told: Told) => void>()
  let asked = 0
  child.on('message', (told: Told) => {
    if (told.skip !== undefined)
      void onSkip(told.skip).then(() => alive && child.connected && child.send({ id: told.id }))
    else waiting.get(told.id)?.(told)
  })
  const ask = (message: Readonly<Record<string, unknown>>) => {
    asked += 1
    const id = asked
    const answer = new Promise<Told>((resolve) => waiting.set(id, resolve))
    if (alive && child.connected) child.send({ ...message, id })
    return Promise.race([
      answer,
      exited.then(() => {
        throw new ServerGone()
      }),
    ])
  }
  const listening = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      hear(text)
      url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
      if (url !== undefined) resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', hear)
  await Promise.race([listening, exited])

  return {
    url,
    exited,
    alive: () => alive,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (alive) child.kill('SIGTERM')
      return exited
    },
    arm: (point: WritePoint | undefined) => ask({ arm: point ?? null }),
    written: async () => {
      const { writes = 0, entries = 0 } = await ask({ count: true })
      return { writes, entries }
    },
    /** Asks over HTTP; throws `ServerGone` when the process dies over it. */
    async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }> {
      const ended = new AbortController()
      void exited.then(() => ended.abort())
      try {
        const answer = await fetch(`${url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', connection: 'close' },
          signal: ended.signal,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        hear(text)
        const isJson = answer.headers.get('content-type')?.includes('json') === true
        return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as never }
      } catch (failure) {
        const { signal, code } = await Promise.race([
          exited,
          new Promise<{ signal: null; code: undefined }>((resolve) =>
            setTimeout(() => resolve({ signal: null, code: undefined }), 2000),
          ),
        ])
        if (signal === 'SIGKILL') throw new ServerGone()
        throw new Error(
          `${method} ${path} got no answer from a server that ${code === undefined ? 'lives' : 'ended'}`,
          {
            cause: failure,
          },
        )
      }
    },
  }
}
export type Server = Awaited<ReturnType<typeof startServer>>
