// Serving: the HTTP host on 127.0.0.1, and the worker that fires schedules and advances runs.

import { serve as listen } from '@hono/node-server'
import { UsageError, type App } from '@rollcall/core'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { system } from '@rollcall/node'
import { explain } from './exit-codes.js'
import { createHttpApp } from './http/app.js'
import type { Live } from './live.js'

const pages = fileURLToPath(new URL('../../ui/dist', import.meta.url))
const tick = 5000
const share = 60_000

/** A nap that ends early when somebody calls. */
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

/** Does it; a failure is told and goes no further. */
async function telling(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (failure) {
    process.stderr.write(`${explain(failure).sentence}\n`)
  }
}

/** Once a day (UTC): signs the newest audit entry, and removes what is older than the log is kept. */
function onceADay() {
  let done = ''
  return async (app: App): Promise<void> => {
    const today = new Date(system.now()).toISOString().slice(0, 10)
    if (done === today) return
    await app.keepAudit('worker')
    done = today
  }
}

/** Works until the signal comes: fires what is due, then advances every executing run by a share of time. */
async function worker(
  live: Live,
  ended: AbortSignal,
  nap: (ms: number, ended: AbortSignal) => Promise<void>,
): Promise<void> {
  const daily = onceADay()
  while (!ended.aborted) {
    const { app } = live
    await telling(() => daily(app))
    // A schedule that cannot fire does not hold up the runs that are on their way.
    await telling(() => app.fireDue('worker'))
    await telling(async () => {
      for (const { runId } of await app.executing()) await app.work(runId, { until: system.now() + share })
    })
    await nap(tick, ended)
  }
}

/** Serves until the process is told to end; resolves with the exit code. */
export async function serve(live: Live, host: string, port: number): Promise<void> {
  if (host !== '127.0.0.1' && host !== 'localhost')
    throw new UsageError(
      `Rollcall has no sign-in yet and listens on 127.0.0.1 only, not on ${host}. Unset ROLLCALL_HOST.`,
    )
  const ended = new AbortController()
  let bound = port
  const { wake, nap } = alarm()
  const http = createHttpApp({
    get app() {
      return live.app
    },
    ...{ live, port: () => bound, pages, wake },
  })
  const server = await new Promise<ReturnType<typeof listen>>((resolve, reject) => {
    const starting = listen({ fetch: http.fetch, hostname: '127.0.0.1', port }, ({ port: given }: AddressInfo) => {
      bound = given
      resolve(starting)
    })
    starting.on('error', () => reject(new UsageError(`Port ${port} is taken. Set ROLLCALL_PORT to another one.`)))
  })
  console.log(`Rollcall listens on http://127.0.0.1:${bound}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
  await worker(live, ended.signal, nap)
  server.close()
}
