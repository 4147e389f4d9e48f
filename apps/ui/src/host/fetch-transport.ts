// The transport over HTTP to the server of the page. Method and path come from the server's own table.
import type { OperationName, Result } from '@rollcall/api'
import { connectingPaths } from '@rollcall/api/connecting-paths'
import { paths } from '@rollcall/api/paths'
import { messages } from '../messages'
import { problemIn } from './problem'
import type { ConnectingName, OperationInput, Transport } from './transport'

const everything = { ...paths, ...connectingPaths }
type Name = OperationName | ConnectingName
const timeoutMs = 20_000
const refusedStatus = 409

function urlOf(name: Name, { params = {}, query = {} }: OperationInput): string {
  const path = everything[name].path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  return `./api${path}${search.size > 0 ? `?${search.toString()}` : ''}`
}

function requestOf(name: Name, { body }: OperationInput): RequestInit {
  const { method } = everything[name]
  const accept = 'application/json'
  if (method === 'get') return { headers: { accept } }
  // Browsers convert only some methods to upper case. The content type is set even without a body, since no foreign form can
  // send it.
  return {
    method: method.toUpperCase(),
    headers: { accept, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

async function carry(name: Name, input: OperationInput = {}, signal?: AbortSignal): Promise<Result> {
  // A long operation has no timeout.
  const timeout = 'long' in everything[name] ? undefined : AbortSignal.timeout(timeoutMs)
  const signals = [signal, timeout].filter((one) => one !== undefined)
  const failureOf = (cause: unknown) => {
    if (signal?.aborted === true) return signal.reason as Error
    return new Error(timeout?.aborted === true ? messages.errors.tooSlow : messages.errors.unreachable, { cause })
  }
  const response = await fetch(urlOf(name, input), {
    ...requestOf(name, input),
    signal: AbortSignal.any(signals),
  }).catch((cause: unknown) => {
    throw failureOf(cause)
  })
  const value: unknown = await response.json().catch(() => undefined)
  if (response.ok) return { value }
  const problem = problemIn(value)
  if (response.status === refusedStatus && problem === undefined) return { refused: value }
  throw problem ?? new Error(messages.errors.status(response.status))
}

export const fetchTransport: Transport = { carry, carryConnecting: carry }
