// The real server: `rollcall serve` as its own process, its HTTP interface, and all its output.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const inside = fileURLToPath(new URL('inside.cjs', import.meta.url))

/** Right before or right after the Nth write, or the Nth audit entry, counted from the arming. */
export interface WritePoint {
  readonly of: 'write' | 'entry'
  readonly n: number
  readonly when: 'before' | 'after'
}
export interface ServerOptions {
  readonly program: string
  readonly env: Readonly<Record<string, string>>
  /** How many milliseconds its clock is ahead. */
  readonly offset: number
  /** The point that is armed before the first statement. */
  readonly armed?: WritePoint | undefined
  readonly realWaits?: boolean
  /** Called instead of a real wait: the server moves its clock forward by this time. */
  readonly onSkip: (ms: number) => Promise<void>
  readonly onOutput: (text: string) => void
}
/** The process has ended, so it cannot respond. */
export class ServerGone extends Error {}

interface Message {
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

/** Starts the server and waits until it listens; `url` is undefined if it was killed before. */
export async function startServer(options: ServerOptions) {
  const { program, onSkip, onOutput } = options
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
  const waiting = new Map<number, (reply: Message) => void>()
  let newestId = 0
  child.on('message', (message: Message) => {
    if (message.skip !== undefined)
      void onSkip(message.skip).then(() => alive && child.connected && child.send({ id: message.id }))
    else waiting.get(message.id)?.(message)
  })
  const ask = (message: Readonly<Record<string, unknown>>) => {
    newestId += 1
    const id = newestId
    const reply = new Promise<Message>((resolve) => waiting.set(id, resolve))
    if (alive && child.connected) child.send({ ...message, id })
    return Promise.race([
      reply,
      exited.then(() => {
        throw new ServerGone()
      }),
    ])
  }
  const listening = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      onOutput(text)
      url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
      if (url !== undefined) resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', onOutput)
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
    /** Sends an HTTP request; throws `ServerGone` when the process is killed meanwhile. */
    async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }> {
      const ended = new AbortController()
      void exited.then(() => ended.abort())
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', connection: 'close' },
          signal: ended.signal,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await response.text()
        onOutput(text)
        const isJson = response.headers.get('content-type')?.includes('json') === true
        return { status: response.status, body: (isJson ? JSON.parse(text) : text) as never }
      } catch (failure) {
        const { signal, code } = await Promise.race([
          exited,
          new Promise<{ signal: null; code: undefined }>((resolve) =>
            setTimeout(() => resolve({ signal: null, code: undefined }), 2000),
          ),
        ])
        if (signal === 'SIGKILL') throw new ServerGone()
        throw new Error(
          `${method} ${path} got no response from a server that ${code === undefined ? 'is running' : 'has ended'}`,
          {
            cause: failure,
          },
        )
      }
    },
  }
}
export type Server = Awaited<ReturnType<typeof startServer>>
