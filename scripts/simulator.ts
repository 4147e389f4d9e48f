// Starts the simulated Atlassian in its own process, which ends with this one.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const main = fileURLToPath(import.meta.resolve('@rollcall/simulator/main'))

export interface Simulator {
  readonly url: string
  readonly organization: { readonly id: string; readonly name: string }
  readonly keys: { readonly unscoped: string }
}

/** Returns the address of the simulator, and its organization with the keys. */
export async function startSimulator(): Promise<Simulator> {
  const options = ['--port', '0', '--now', new Date().toISOString(), '--exit-with-parent']
  const simulator = spawn(process.execPath, ['--import', 'tsx', main, ...options], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  process.on('exit', () => simulator.kill())
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(simulator.stdout).once('line', (line) => resolve(line.split(' ').at(-1) ?? ''))
    simulator.once('exit', () => reject(new Error('The simulated organization did not start.')))
  })
  const response = await fetch(`${url}/_simulator/organization`)
  const { organization, keys } = (await response.json()) as Omit<Simulator, 'url'>
  return { url, organization, keys }
}
