// The manifest reader: what it reads, and what it refuses as the platform would.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { limitsWith } from '../src/limits/limits.js'
import { readManifest } from '../src/app/read-manifest.js'

const read = (modules: string, more = '') => {
  const folder = mkdtempSync(join(tmpdir(), 'forge-host-manifest-'))
  writeFileSync(join(folder, 'manifest.yml'), `app:\n  id: ari:cloud:ecosystem::app/x\n${more}modules:\n${modules}`)
  return readManifest(folder, limitsWith())
}
const functionOf = (more: string) => `  function:
    - key: work
      handler: index.work
${more}`
const consumer = `  consumer:
    - key: c
      queue: q
      function: work
`
const page = `  jira:globalPage:
    - key: p
      resolver:
        function: work
`

it('gives the page 25 seconds, background functions 55, and up to 900 to those that request it', () => {
  expect(read(functionOf('') + page).functions.get('work')).toMatchObject({ timeoutSeconds: 25, memoryMb: 512 })
  expect(read(functionOf('') + consumer).functions.get('work')).toMatchObject({ timeoutSeconds: 55 })
  expect(read(functionOf('      timeoutSeconds: 900\n') + consumer).functions.get('work')).toMatchObject({
    timeoutSeconds: 900,
  })
})

it('uses the memory of the function before that of the app', () => {
  const app = '  runtime:\n    memoryMB: 256\n'
  expect(read(functionOf(''), app).functions.get('work')).toMatchObject({ memoryMb: 256 })
  const own = '      runtime:\n        memoryMB: 1024\n'
  expect(read(functionOf(own), app).functions.get('work')).toMatchObject({ memoryMb: 1024 })
})

it.each([
  ['more than 900 seconds', functionOf('      timeoutSeconds: 901\n') + consumer, 'between 1 and 900'],
  ['a time-out for a function of the page', functionOf('      timeoutSeconds: 55\n') + page, 'no timeoutSeconds'],
  [
    'a time-out for a function of page and background',
    functionOf('      timeoutSeconds: 55\n') + page + consumer,
    'no timeoutSeconds',
  ],
  ['an unknown function', consumer, 'unknown function work'],
  ['a key twice', functionOf('') + consumer.replace('key: c', 'key: work'), "duplicate module key 'work'"],
  ['a handler without an export', functionOf('').replace('index.work', 'index'), 'file.export'],
  [
    'another interval',
    `${functionOf('')}  scheduledTrigger:\n    - key: t\n      function: work\n      interval: minute\n`,
    'fiveMinute, hour, day, week',
  ],
])('refuses %s', (_, modules, message) => {
  expect(() => read(modules)).toThrow(message)
})

it('names the path of a missing manifest', () => {
  expect(() => readManifest('/nowhere', limitsWith())).toThrow('/nowhere/manifest.yml does not exist')
})
