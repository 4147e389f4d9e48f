// Starts the simulated Atlassian in a process of its own, which ends with this one.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const main = fileURLToPath(new URL('../packages/simulator/src/main.ts', import.meta.url))

/** Answers where it listens, and the organization in it with its keys. */
export async function startSimulator() {
  const options = ['--port', '0', '--now', new Date().toISOString(), '--exit-with-parent']
  const simulator = spawn(process.execPath, ['--import', 'tsx', main, ...options], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  process.on('exit', () => simulator.kill())
  const url = await new Promise((resolve, reject) => {
    createInterface(simulator.stdout).once('line', (line) => resolve(line.split(' ').at(-1)))
    simulator.once('exit', () => reject(new Error('The simulated organization did not start.')))
  })
  const { organization, keys } = await (await fetch(`${url}/_simulator/organization`)).json()
  return { url, organization, keys }
}
