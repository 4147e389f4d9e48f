// Serving: the HTTP host on 127.0.0.1, and the worker that fires schedules and advances runs.

import { serve as listen } from '@hono/node-server'
import { UsageError } from '@rollcall/core'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { explain } from './exit-codes.js'
import { createHttpApp } from './http/app.js'
import { requestsInFlight } from './http/in-flight.js'
import type { Live } from './live.js'
import { round } from './round.js'

const pages = fileURLToPath(new URL('../../ui/dist', import.meta.url))
const tick = 5000
/** How long requests and the worker may still take after the signal to end. */
const [lastResponses, lastRound] = [5000, 8000]

/** The process around the server. */
interface Hosting {
  readonly print: (text: string) => void
  readonly note: (sentence: string) => void
  readonly untilEnded: () => AbortSignal
}

/** A nap that `wake` ends early. */
function alarm() {
  let ring = new AbortController()
  return {
    wake: () => ring.abort(),
    async nap(ms: number, ended: AbortSignal): Promise<void> {
      await sleep(ms, undefined, { signal: AbortSignal.any([ended, ring.signal]) }).catch(() => undefined)
      ring = new AbortController()
    },
  }
}

/** Makes one round after another until the process ends. */
async function worker(
  live: Live,
  ended: AbortSignal,
  nap: (ms: number, ended: AbortSignal) => Promise<void>,
  log: (sentence: string) => void,
): Promise<void> {
  while (!ended.aborted) {
    await live.renew().catch((failure: unknown) => log(explain(failure).sentence))
    await round(live.app, log, ended)
    await nap(tick, ended)
  }
}

/** Serves until the process receives the signal to end. */
export async function serve(
  live: Live,
  host: string,
  port: number,
  { note, print, untilEnded }: Hosting,
): Promise<void> {
  if (host !== '127.0.0.1' && host !== 'localhost')
    throw new UsageError(
      `Rollcall has no sign-in yet and listens on 127.0.0.1 only, not on ${host}. Unset ROLLCALL_HOST.`,
    )
  // Before anybody learns that the server listens: from then on it must not end without closing its database.
  const ended = untilEnded()
  let bound = port
  const { wake, nap } = alarm()
  const inFlight = requestsInFlight(ended)
  const http = createHttpApp({
    get app() {
      return live.app
    },
    live,
    port: () => bound,
    pages,
    wake,
    inFlight,
  })
  const server = await new Promise<ReturnType<typeof listen>>((resolve, reject) => {
    const starting = listen({ fetch: http.fetch, hostname: '127.0.0.1', port }, ({ port: given }: AddressInfo) => {
      bound = given
      resolve(starting)
    })
    starting.on('error', () => reject(new UsageError(`Port ${port} is taken. Set ROLLCALL_PORT to another one.`)))
  })
  print(`Rollcall listens on http://127.0.0.1:${bound}\n`)
  // What fails once the database is closed is no news: every change is logged before it is sent.
  let closing = false
  const working = worker(live, ended, nap, (sentence) => void (closing || note(sentence)))
  await abortOf(ended)
  // Requests that have begun get their responses; the worker ends at its next safe point. Only then the database closes.
  server.close()
  await Promise.all([inFlight.ended(lastResponses), atMost(lastRound, working)])
  closing = true
  // A browser opens connections ahead of its requests, and a slow body may never end.
  if ('closeAllConnections' in server) server.closeAllConnections()
}

/** Waits for work to end, at most so many milliseconds. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  await Promise.race([work, sleep(ms, undefined, { signal: over.signal }).catch(() => undefined)])
  over.abort()
}

/** Resolves once a signal has aborted. */
const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())))
