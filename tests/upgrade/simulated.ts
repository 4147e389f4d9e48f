// The simulated organization of the fixture. It starts from the same seed, and replays the requests of the older version
// and the changes that people made in between.

import { startSimulator } from '@rollcall/simulator'

/** The options of the simulator. */
export interface Start {
  readonly users: number
  readonly seed: number
  readonly now: string
}

/** One change: a request of the older version, or of the control interface for a person's change. */
export interface Change {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly accountId: string
}

type Answer = Readonly<Record<string, unknown>>

/** Starts the simulator of a fixture. */
export async function startSimulated(start: Start) {
  const simulator = await startSimulator(start)
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const authorization = `Bearer ${simulator.organization.keys.unscoped}`
    const sent =
      body === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${simulator.url}${path}`, { method, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} ended with ${response.status}: ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Answer)
  }
  const control = (path: string, body?: unknown) =>
    send(body === undefined ? 'GET' : 'POST', `/_simulator/${path}`, body)
  return {
    simulator,
    control,
    setClock: (at: number) => control('clock', { set: new Date(at).toISOString() }),
    /** Replays changes in order, each at its time. */
    async replay(changes: readonly Change[]): Promise<void> {
      for (const { at, method, path, accountId } of changes) {
        await control('clock', { set: new Date(at).toISOString() })
        if (path.endsWith('/memberships')) await send(method, path, { accountId })
        else await send(method, path, path.includes('/lifecycle/') ? {} : undefined)
      }
    },
    /** The state of an account, without times. */
    async truth(accountId: string): Promise<Answer> {
      const { history: _history, ...rest } = await control(`accounts/${encodeURIComponent(accountId)}`)
      return rest
    },
  }
}
export type Simulated = Awaited<ReturnType<typeof startSimulated>>
