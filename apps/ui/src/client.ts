// The one way to the server. A transport carries a path there and the decoded answer back; what goes wrong arrives as an
// Error whose message can be shown to the admin as it is.
import { messages } from './messages'
import type { OverviewData } from './overview-data'

export type Transport = (path: string, signal?: AbortSignal) => Promise<unknown>

export interface Client {
  readonly overview: (signal?: AbortSignal) => Promise<OverviewData>
}

const patienceMs = 20_000

export function createClient(transport: Transport): Client {
  return {
    async overview(signal) {
      const answer = await transport('overview', signal)
      if (!isOverview(answer)) throw new Error(messages.errors.unexpectedAnswer)
      return answer
    },
  }
}

export const fetchTransport: Transport = async (path, signal) => {
  const timeout = AbortSignal.timeout(patienceMs)
  const response = await fetch(`./api/${path}`, {
    headers: { accept: 'application/json' },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  }).catch((cause: unknown) => {
    throw new Error(timeout.aborted ? messages.errors.tooSlow : messages.errors.unreachable, { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new Error(messageOf(body) ?? messages.errors.status(response.status))
  return body
}

export const client = createClient(fetchTransport)

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Tells an overview from a sign-in page or another program's answer; it does not check each field. */
function isOverview(value: unknown): value is OverviewData {
  return (
    isRecord(value) && Array.isArray(value['seats']) && Array.isArray(value['schedules']) && isRecord(value['audit'])
  )
}

function messageOf(body: unknown): string | undefined {
  if (!isRecord(body) || !isRecord(body['error'])) return undefined
  const { message } = body['error']
  return typeof message === 'string' && message !== '' ? message : undefined
}
