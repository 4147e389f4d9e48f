// The platform's proxy: finds invocation and installation of a lambda's call by the token, applies a fault, calls the service.

import { STATUS_CODES } from 'node:http'
import type { CallFault, ServiceName, Faults } from '../faults.js'
import type { Invocation } from '../functions/invocation.js'
import type { AnswerCall, LambdaCall, LambdaResponse, Target } from '../functions/lambda-call.js'
import type { Note } from '../log.js'
import { proxyError, refusal, type PlatformResponse, type Handler, type PlatformCall } from './call.js'

/** One installation: its running invocations and its services. */
export interface ServedInstallation {
  readonly running: ReadonlyMap<string, Invocation>
  readonly services: Readonly<Record<ServiceName, Handler>>
  readonly faults: Faults
  readonly note: Note
}

const mostBytes = 32 * 1024 * 1024

/** The service of a target; undefined when the host does not have it. */
function serviceOf({ type, remote }: Target, path: string): ServiceName | undefined {
  if (type === 'egress') return 'egress'
  if (type === 'kvs' || type === 'sql') return type
  if (type !== 'fpp') return undefined
  if (remote === 'stargate') return path.startsWith('/webhook/queue/') ? 'events' : undefined
  return remote === 'jira' || remote === undefined ? 'jira' : undefined
}

function faultResponse({ kind, on }: CallFault): PlatformResponse {
  if (kind === 'rate-limited') return refusal(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests (a requested fault)')
  return refusal(500, on === 'sql' ? 'UNKNOWN_ERROR' : 'INTERNAL_SERVER_ERROR', 'A requested fault')
}

/** The response as it goes to the lambda. */
function responseOf({ status, headers = {}, body }: PlatformResponse): LambdaResponse {
  const isJson = body !== undefined && !(body instanceof Uint8Array)
  const sent = isJson ? JSON.stringify(body) : body
  const empty = sent === undefined || sent.length === 0
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...headers,
      ...(empty ? {} : { 'content-length': String(Buffer.byteLength(sent)) }),
    },
    // An empty body is none, because some statuses must not have one.
    body: empty ? undefined : sent,
  }
}

/** Makes the proxy of these installations; more may follow. */
export function createProxy(installations: readonly ServedInstallation[]): AnswerCall {
  async function answer(sent: LambdaCall): Promise<LambdaResponse | undefined> {
    const { token, target, path, method, headers } = sent
    const body = Buffer.from(sent.body ?? '')
    if (body.length > mostBytes) throw new Error(`a request of more than ${mostBytes} bytes`)
    const served = installations.find(({ running }) => running.has(token))
    const invocation = served?.running.get(token)
    if (served === undefined || invocation === undefined) return responseOf(proxyError(401, 'INVALID_TOKEN'))
    const { services, faults, note } = served
    const call: PlatformCall = { target, path, method, headers, body, invocation }
    const place = serviceOf(target, path)
    const done = (what: string | number) =>
      note(
        place === 'egress' ? 'egress' : 'platform',
        `${place ?? target.remote ?? target.type} ${method} ${path} ${what}`,
        {
          invocationId: invocation.id,
        },
      )
    if (place === undefined) {
      done(501)
      return responseOf(proxyError(501, 'NOT_BUILT_IN_THE_LOCAL_HOST'))
    }
    const fault = faults.onCall(place, path)
    const silent = fault?.kind === 'time-out' || fault?.kind === 'cut'
    const works = fault === undefined || (fault.afterEffect ?? silent)
    const given = works ? await services[place](call) : undefined
    done(fault?.kind ?? given?.status ?? 0)
    if (fault?.kind === 'time-out') await invocation.over
    if (silent) return undefined
    return responseOf(fault === undefined && given !== undefined ? given : faultResponse(fault as CallFault))
  }

  return (sent) =>
    answer(sent).catch((failure: unknown) => {
      for (const { note } of installations) note('platform', `the host could not respond: ${String(failure)}`)
      return undefined
    })
}
