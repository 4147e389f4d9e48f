// The host as a command, and the addresses that it accepts.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sqlServerOf } from '../src/sql/server-address.js'
import { bundleProbe, probeFolder } from './probe.js'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

it('serves the page until its parent process ends', async () => {
  const options = [
    '--app',
    probeFolder,
    '--bundle',
    await bundleProbe(),
    '--port',
    '0',
    '--exit-with-parent',
    '--quiet',
  ]
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('\n')) break
  }
  const url = /forge host listening on (\S+)/.exec(said)?.[1] ?? ''
  expect(await (await fetch(url)).text()).toContain('<h1>Probe</h1>')
  const exited = once(child, 'exit')
  child.stdin.end()
  expect(await exited).toEqual([0, null])
})

it('accepts the SQL server as one address', () => {
  expect(sqlServerOf('mysql://me:p%40ss@db:3307')).toEqual({ user: 'me', password: 'p@ss', host: 'db', port: 3307 })
  expect(sqlServerOf('mysql://127.0.0.1')).toEqual({ user: 'root', host: '127.0.0.1', port: 3306 })
  expect(sqlServerOf('mysql://root@localhost/tmp/my.socket')).toEqual({ user: 'root', socketPath: '/tmp/my.socket' })
  for (const text of ['http://db', 'db:3306', 'mysql:nothing'])
    expect(() => sqlServerOf(text)).toThrow('is not of the form mysql://')
})
