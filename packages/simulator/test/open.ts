// A simulator for tests, with short functions that call it and read its true state.

import { afterEach } from 'vitest'
import { startSimulator, type SimulatorOptions } from '../src/index.js'

export interface Received {
  readonly status: number
  readonly headers: Headers
  // Tests read bodies of many shapes.
  readonly body: Body
}

/** A JSON body in which every property may be missing. */
export interface Body {
  readonly [name: string]: Body
  readonly [index: number]: Body
}

/** A body as a list. */
export const list = (body: Body | undefined): readonly Body[] => body as unknown as readonly Body[]
export const text = (body: Body | undefined): string => body as unknown as string

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const simulator of opened.splice(0)) await simulator.close()
})

/** Opens a small organization with a frozen clock. */
export async function open(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ port: 0, users: 120, frozen: true, ...options })
  opened.push(simulator)
  const { url, organization } = simulator
  const { id, keys, directories, groups, workspaces, accounts } = organization

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...sent,
    })
    const received = await response.text()
    const parsed = (received === '' ? undefined : JSON.parse(received)) as Body
    return { status: response.status, headers: response.headers, body: parsed } satisfies Received
  }
  const call = (method: string, path: string, body?: unknown, key: string = keys.unscoped) =>
    send(method, path, body, { authorization: `Bearer ${key}` })
  const directory = directories[0]?.id ?? ''
  const v2 = `/admin/v2/orgs/${id}`
  const control = async (path: string, body?: unknown) =>
    (await send(body === undefined ? 'GET' : 'POST', `/_simulator/${path}`, body)).body

  return {
    url,
    organization,
    keys,
    send,
    call,
    control,
    directory,
    v2,
    v1: `/admin/v1/orgs/${id}`,
    /** Paths of the first directory. */
    here: `${v2}/directories/${directory}`,
    anywhere: `${v2}/directories/-`,
    jira: `/ex/jira/${workspaces[0]?.cloudId ?? ''}/rest/api/3`,
    group: (name: string) => [...groups.values()].find((one) => one.name === name)?.id ?? '',
    ari: (index: number) => workspaces[index]?.ari ?? '',
    /** The id of the first account that matches. */
    person: (matches: (account: (typeof accounts)[number]) => boolean) => accounts.find(matches)?.accountId ?? '',
    truth: (accountId: string) => control(`accounts/${encodeURIComponent(accountId)}`),
    /** Follows cursors to the end, and returns the ids in order. */
    async listUserIds(limit: number, filter: Record<string, unknown> = {}) {
      const ids: string[] = []
      for (let body: Record<string, unknown> = { ...filter, limit }; ;) {
        const page = (await call('POST', `${v2}/directories/-/users/search`, body)).body
        ids.push(...list(page['data']).map((row) => text(row['accountId'])))
        const next = page['links']?.['next']
        if (next === undefined || ids.length > 10_000) return ids
        body = { cursor: next }
      }
    },
    count: async (query = '') => Number((await call('GET', `${v2}/directories/-/users/count${query}`)).body['count']),
  }
}
export type Open = Awaited<ReturnType<typeof open>>
/** The code of an application error. */
export const codeOf = ({ body }: Received): string => text(body['errors']?.[0]?.['code'])
