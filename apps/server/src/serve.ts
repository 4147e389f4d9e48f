// Serving: the HTTP host on 127.0.0.1, and the worker that fires schedules and advances runs.

import { serve as listen } from '@hono/node-server'
import { UsageError } from '@rollcall/core'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { explain } from './exit-codes.js'
import { createHttpApp } from './http/app.js'
import type { Live } from './live.js'
import { round } from './round.js'

const pages = fileURLToPath(new URL('../../ui/dist', import.meta.url))
const tick = 5000
/** How long requests may still take after the signal to end. */
const lastResponses = 2000

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
    await round(live.app, log)
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
  const http = createHttpApp({
    get app() {
      return live.app
    },
    live,
    port: () => bound,
    pages,
    wake,
  })
  const server = await new Promise<ReturnType<typeof listen>>((resolve, reject) => {
    const starting = listen({ fetch: http.fetch, hostname: '127.0.0.1', port }, ({ port: given }: AddressInfo) => {
      bound = given
      resolve(starting)
    })
    starting.on('error', () => reject(new UsageError(`Port ${port} is taken. Set ROLLCALL_PORT to another one.`)))
  })
  print(`Rollcall listens on http://127.0.0.1:${bound}\n`)
  await worker(live, ended, nap, note)
  server.close()
  // A browser opens connections ahead of its requests, and would keep the process for minutes.
  setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), lastResponses).unref()
}
