// How much a database holds, against what an installation may store. A full one takes no more rows; what is there can be
// read, changed and deleted.

import type { Gauge } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { refusal, type Answer } from '../platform/call.js'
import type { Database } from './database.js'
import type { Statement } from './statement.js'

/** So long a measured size is taken for the present one: measuring costs more than most statements. */
const measuredForMs = 3000

/** Makes the gate; `now` is the host's clock. */
export function createStorageGate(limits: Limits, gauge: Gauge, now: () => number) {
  let [bytes, at] = [0, Number.NEGATIVE_INFINITY]
  return async (database: Database, { verb }: Statement): Promise<Answer | undefined> => {
    if (verb !== 'INSERT') return undefined
    if (now() - at >= measuredForMs) [at, bytes] = [now(), await database.bytes()]
    if (gauge.within('sqlStorageBytes', bytes)) return undefined
    // What the platform answers is not published: status and code are those of an answer that is too large.
    const message = `The database is full: data and indexes have ${bytes} bytes of ${limits.sqlStorageBytes}`
    return refusal(413, 'SQL_EXECUTION_ERROR', message)
  }
}
