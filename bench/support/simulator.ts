// The simulator in its own process, so that it affects no figure.

import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(import.meta.resolve('@rollcall/simulator/main'))

export interface Calls {
  readonly total: number
  readonly rateLimited: number
  readonly byPath: Readonly<Record<string, number>>
}

async function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout !== null)
      createInterface(child.stdout).once('line', (line) => resolve(line.split(' ').at(-1) ?? ''))
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}.`)))
  })
}

/** Starts a simulated organization with this number of users. */
export async function simulate(users: number) {
  const settings = ['--port', '0', '--users', String(users), '--now', new Date().toISOString(), '--exit-with-parent']
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...settings], { stdio: ['pipe', 'pipe', 'inherit'] })
  const url = await addressOf(child)
  async function control<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return (await (await fetch(`${url}/_simulator/${path}`, { method, ...sent })).json()) as T
  }
  const { organization, keys } = await control<{
    readonly organization: { readonly id: string }
    readonly keys: { readonly unscoped: string }
  }>('organization')
  return {
    connection: { url, organizationId: organization.id, key: keys.unscoped },
    calls: () => control<Calls>('calls'),
    resetCalls: () => control<Calls>('calls', 'DELETE'),
    limitRate: (limit: unknown) => control('rate-limit', 'POST', limit),
    close: () => void child.kill(),
  }
}
export type Connection = Awaited<ReturnType<typeof simulate>>['connection']
