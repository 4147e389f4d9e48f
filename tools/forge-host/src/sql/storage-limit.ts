// The storage limit of an installation. A full database refuses new rows; the app can still read, change and delete
// existing ones.

import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { refusal, type PlatformResponse } from '../platform/call.js'
import type { Database } from './database.js'
import type { Statement } from './statement.js'

/** How long to reuse a measured size: measuring costs more than most statements. */
const measuredForMs = 3000

/** Makes the gate; `now` is the host's clock. */
export function createStorageGate(limits: Limits, meter: LimitMeter, now: () => number) {
  let [bytes, at] = [0, Number.NEGATIVE_INFINITY]
  return async (database: Database, { verb }: Statement): Promise<PlatformResponse | undefined> => {
    if (verb !== 'INSERT') return undefined
    if (now() - at >= measuredForMs) [at, bytes] = [now(), await database.bytes()]
    if (meter.allows('sqlStorageBytes', bytes)) return undefined
    // What the platform answers is not published: status and code are those of an answer that is too large.
    const message = `The database is full: data and indexes have ${bytes} bytes of ${limits.sqlStorageBytes}`
    return refusal(413, 'SQL_EXECUTION_ERROR', message)
  }
}
