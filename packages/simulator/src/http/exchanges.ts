// Recordings for the API contract test: each exchange is a line of JSON in the folder that an environment variable names.

import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { ApiResponse } from './responses.js'

/** One request with its response. Never records the key. */
export interface Exchange {
  readonly method: string
  /** Path and query, as received. */
  readonly url: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string
  /** Absent when the connection was cut instead. */
  readonly status?: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
  /** The kind of the injected fault that caused or changed the response. */
  readonly fault?: string
}
export type Recorder = (request: IncomingMessage, body: string, answer: ApiResponse | undefined, fault?: string) => void

/** Makes the recorder of one simulator; it writes at once, so that nothing is lost when a test ends abruptly. */
export function createRecorder(folder = process.env['ROLLCALL_SIMULATOR_EXCHANGES'] ?? ''): Recorder {
  if (folder === '') return () => undefined
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${randomUUID()}.jsonl`)
  const written = new Set<string>()
  return ({ method = 'GET', url = '/', headers }, body, answer, fault) => {
    const type = headers['content-type']
    const exchange: Exchange = {
      method,
      url,
      requestHeaders: type === undefined ? {} : { 'content-type': type },
      requestBody: body,
      ...(answer === undefined ? {} : { status: answer.status }),
      responseHeaders: answer === undefined ? {} : { 'content-type': 'application/json', ...answer.headers },
      responseBody: answer?.body === undefined ? '' : JSON.stringify(answer.body),
      ...(fault === undefined || fault === 'delay' ? {} : { fault }),
    }
    const line = JSON.stringify(exchange)
    const digest = createHash('sha1').update(line).digest('base64')
    if (written.has(digest)) return
    written.add(digest)
    appendFileSync(file, `${line}\n`)
  }
}
