// Fixtures for client tests: a manual clock, and a fetch that responds from a script.

import { createDirectory, type DirectoryOptions, type Fetch } from '../src/index.js'

/** Noon of a day in 2026, to the second. */
export const noon = Date.UTC(2026, 10, 24, 12)
export const organizationId = '70ef3a32-0000-4000-a000-000000000001'
export const key = 'ATCTT3x-very-secret-key'
const base = 'https://api.example.test'

/** A clock that moves only when the code waits or a test steps it. */
export function manualClock(start = noon) {
  let now = start
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    wait: async (ms: number) => {
      waits.push(ms)
      now += ms
    },
    step: (ms: number) => {
      now += ms
    },
  }
}

/** A sent request. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}
/** A response. A text body is sent unchanged. `failure` is thrown instead, and `cut` breaks the reading of the body. */
export interface Reply {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly failure?: unknown
  readonly cut?: boolean
}
export type Script = readonly Reply[] | ((sent: Sent, index: number) => Reply)

/** A fetch that responds from the script and records the requests. Behind the end of the script it fails. */
function scriptedFetch(script: Script) {
  const sent: Sent[] = []
  const fetch: Fetch = async (url, { method, headers, body }) => {
    const request = { method, path: url.slice(base.length), headers, body: body && (JSON.parse(body) as unknown) }
    sent.push(request)
    const index = sent.length - 1
    const end = { failure: new Error(`the script has no reply ${index + 1}`) }
    const reply = (typeof script === 'function' ? script(request, index) : script[index]) ?? end
    if ('failure' in reply) throw reply.failure
    const given = new Map(Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    return {
      status: reply.status ?? 200,
      headers: { get: (name: string) => given.get(name.toLowerCase()) ?? null },
      async text() {
        if (reply.cut === true) throw new TypeError('terminated')
        const { body: content = '' } = reply
        return typeof content === 'string' ? content : JSON.stringify(content)
      },
    }
  }
  return { fetch, sent }
}

/** A directory over a script. */
export function connect(script: Script, options: Partial<DirectoryOptions> = {}) {
  const clock = manualClock()
  const { fetch, sent } = scriptedFetch(script)
  const given = { baseUrl: base, organizationId, readKey: key, fetch, system: clock }
  return { clock, sent, directory: createDirectory({ ...given, ...options }) }
}

/** The error that undici throws when the connection breaks. */
export const broken = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
export const yes = async () => true
export const tooMany = (headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 429,
  headers,
  body: { code: 429, message: 'Too many requests' },
})
