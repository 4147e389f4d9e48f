// The two endpoints of Forge SQL, with the rates, sizes and time-outs of the platform in front of the database.

import type { Counts } from '../limits/counts.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import type { Limits } from '../limits/limits.js'
import { isDoc, jsonOf, refusal, type PlatformResponse, type Handler } from '../platform/call.js'
import { QueryTimedOut, type Database } from './database.js'
import { createStorageGate } from './storage-limit.js'
import { kindOf, readStatement, refusalOf, type Statement } from './statement.js'

export interface SqlOptions {
  /** Undefined when the manifest has no sql module, or the host no server. */
  readonly database: Database | undefined
  readonly limits: Limits
  readonly counts: Counts
  readonly meter: LimitMeter
  readonly now: () => number
}
interface SqlFailure {
  readonly code?: string
  readonly errno?: number
  readonly sqlState?: string
  readonly sqlMessage?: string
  readonly message: string
}

const syntaxError = 1064

function errorResponse(thrown: unknown): PlatformResponse {
  if (thrown instanceof QueryTimedOut)
    return refusal(400, 'QUERY_TIMED_OUT', 'The provided query took too long; it may go on in the database')
  const { code, errno, sqlState, sqlMessage, message } = thrown as SqlFailure
  const name = errno === syntaxError ? 'INVALID_SQL_QUERY' : 'SQL_EXECUTION_ERROR'
  return refusal(400, name, message, { debug: { code, errno, sqlState, sqlMessage, message } })
}

/** Makes the handler of /api/v1/execute and /api/v1/execute/ddl. */
export function createSql({ database, limits, counts, meter, now }: SqlOptions): Handler {
  const perSecond = meter.window('sqlDmlPerSecond', 1000)
  const perMinute = meter.window('sqlDdlPerMinute', 60_000)
  const time = meter.window('sqlSecondsPerMinute', 60_000)
  const storageGate = createStorageGate(limits, meter, now)
  const longest = { select: 'sqlSelectSeconds', write: 'sqlWriteSeconds', ddl: 'sqlDdlSeconds' } as const
  const limited = (name: keyof Limits): PlatformResponse => {
    meter.refuse(name)
    return refusal(429, 'RATE_LIMIT_EXCEEDED', `Too many requests: ${name} is ${limits[name]}`)
  }
  const rateOf = (endpoint: 'dml' | 'ddl'): PlatformResponse | undefined => {
    if (!time.open()) return limited('sqlSecondsPerMinute')
    if (endpoint === 'dml') return perSecond.take() ? undefined : limited('sqlDmlPerSecond')
    return perMinute.take() ? undefined : limited('sqlDdlPerMinute')
  }

  async function tablesFull(of: Database, { words, verb }: Statement): Promise<boolean> {
    if (verb !== 'CREATE' || words[1] !== 'TABLE') return false
    const [row] = await of.query('SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = ?', [
      of.name,
    ])
    return !meter.allows('sqlTables', Number(row?.['n']) + 1)
  }

  async function execute(of: Database, statement: Statement, query: string, params: readonly unknown[]) {
    const started = performance.now()
    const limit = longest[kindOf(statement)]
    try {
      const rows = await of.run(query, params, limits[limit] * 1000)
      const ms = performance.now() - started
      const body = { rows, metadata: { responseTime: ms, dbExecutionTime: ms, fields: [] } }
      const bytes = Buffer.byteLength(JSON.stringify(body))
      if (meter.allows('sqlResponseBytes', bytes)) return { status: 200, body }
      return refusal(413, 'SQL_EXECUTION_ERROR', `The response has ${bytes} bytes of ${limits.sqlResponseBytes}`)
    } catch (thrown) {
      counts.sql.failed += 1
      return errorResponse(thrown)
    } finally {
      const ms = performance.now() - started
      time.use(ms / 1000)
      meter.record(limit, ms / 1000)
      counts.sql.seconds += ms / 1000
      counts.sql.longestMs = Math.max(counts.sql.longestMs, ms)
    }
  }

  return async (call) => {
    const endpoint = call.path === '/api/v1/execute' ? 'dml' : call.path === '/api/v1/execute/ddl' ? 'ddl' : undefined
    if (endpoint === undefined) return refusal(404, 'UNKNOWN_ERROR', `No such endpoint: ${call.path}`)
    if (database === undefined) return refusal(403, 'APP_NOT_ENABLED', 'Forge SQL is not enabled for this app')
    counts.sql.requests += 1
    if (endpoint === 'ddl') counts.sql.ddl += 1
    const often = rateOf(endpoint)
    if (often !== undefined) return often
    if (!meter.allows('sqlRequestBytes', call.body.length)) {
      const sizes = `${call.body.length} bytes of ${limits.sqlRequestBytes}`
      return refusal(413, 'INVALID_SQL_QUERY', `The request has ${sizes}`)
    }
    const body = jsonOf(call)
    if (!isDoc(body) || typeof body['query'] !== 'string')
      return refusal(400, 'INVALID_SQL_QUERY', 'The request has no query')
    const params = Array.isArray(body['params']) ? (body['params'] as readonly unknown[]) : []
    const statement = readStatement(body['query'])
    const wrong = refusalOf(statement, endpoint, params)
    if (wrong !== undefined) return refusal(400, 'INVALID_SQL_QUERY', wrong)
    if (await tablesFull(database, statement))
      return refusal(400, 'SQL_EXECUTION_ERROR', `No more than ${limits.sqlTables} tables`)
    const full = await storageGate(database, statement)
    if (full !== undefined) return full
    return execute(database, statement, body['query'], params)
  }
}
