// Over HTTP, to the server that served the page: method and path come from the table that the server itself uses.
import type { OperationName } from '@rollcall/api'
import { connectingPaths } from '@rollcall/api/connecting-paths'
import { paths } from '@rollcall/api/paths'
import { messages } from '../messages'
import { problemIn } from './problem'
import type { Answer, Asked, ConnectingName, Transport } from './transport'

const everything = { ...paths, ...connectingPaths }
type Name = OperationName | ConnectingName
const patienceMs = 20_000
const refusedStatus = 409

function urlOf(name: Name, { params = {}, query = {} }: Asked): string {
  const path = everything[name].path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  return `./api${path}${search.size > 0 ? `?${search.toString()}` : ''}`
}

function requestOf(name: Name, { body }: Asked): RequestInit {
  const { method } = everything[name]
  const accept = 'application/json'
  if (method === 'get') return { headers: { accept } }
  // Upper case: the browser does that for some methods only. The type is told without a body as well, since no foreign
  // form can send it.
  return {
    method: method.toUpperCase(),
    headers: { accept, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

async function carry(name: Name, asked: Asked = {}, signal?: AbortSignal): Promise<Answer> {
  // What is long takes as long as it takes.
  const timeout = 'long' in everything[name] ? undefined : AbortSignal.timeout(patienceMs)
  const signals = [signal, timeout].filter((one) => one !== undefined)
  const told = (cause: unknown) => {
    if (signal?.aborted === true) return signal.reason as Error
    return new Error(timeout?.aborted === true ? messages.errors.tooSlow : messages.errors.unreachable, { cause })
  }
  const response = await fetch(urlOf(name, asked), {
    ...requestOf(name, asked),
    signal: AbortSignal.any(signals),
  }).catch((cause: unknown) => {
    throw told(cause)
  })
  const value: unknown = await response.json().catch(() => undefined)
  if (response.ok) return { value }
  const problem = problemIn(value)
  if (response.status === refusedStatus && problem === undefined) return { refused: value }
  throw problem ?? new Error(messages.errors.status(response.status))
}

export const fetchTransport: Transport = { carry, carryConnecting: carry }
