// How well the gate uses a rate limit: how many of the permitted calls it uses, and how many it wastes on refusals.

import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, atMost, note, report } from './support/figures.js'
import { directoryOf } from './support/rollcall.js'
import { simulate } from './support/simulator.js'

const perWindow = 100
const windowMs = 2000
const windows = 12

const simulator = await simulate(200)
try {
  const directory = directoryOf(simulator.connection)
  // As in the first pages of a sync, the client learns Atlassian's clock before it reaches the limit.
  for (let call = 0; call < 20; call += 1) {
    await directory.countAccounts()
    await sleep(60)
  }
  await simulator.resetCalls()
  await simulator.limitRate({ perWindow, windowMs, retryAfter: true })
  note(`gate: ${windows} windows of ${perWindow} calls in ${windowMs / 1000} seconds`)
  // From the first call of the first window to the first call after the last one.
  await directory.countAccounts()
  const begun = performance.now()
  for (let call = 0; call < perWindow * windows; call += 1) await directory.countAccounts()
  const took = performance.now() - begun
  const { total, rateLimited } = await simulator.calls()
  const permitted = (perWindow * took) / windowMs
  report(
    [
      atLeast('percentage of permitted calls that are used', (100 * perWindow * windows) / permitted, 95),
      atMost('percentage of calls that are wasted on refusals', (100 * rateLimited) / total, 2),
    ],
    { perWindow, windowMs, calls: total, refused: rateLimited },
  )
} finally {
  simulator.close()
}
