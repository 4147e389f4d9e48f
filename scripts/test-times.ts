// npm run test:times [-- NAME…]: prints the CPU seconds of each part of `npm test`, with its processes. It misses the children
// of Chromium and of databases, which only `npm test` itself counts. Every part runs alone, so each includes about two seconds
// in which vitest starts. The API contract is left out, because it judges the recordings of all other tests.
// node_modules/.test-times has the output of each part.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../tests/browser/find-chromium.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const foldersIn = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)
const logs = join(root, 'node_modules/.test-times')
const vitest = (project: string, ...paths: readonly string[]) => [
  'npx',
  'vitest',
  'run',
  ...paths,
  '--project',
  project,
]

const folders = [
  ...[...foldersIn('packages'), ...foldersIn('apps')].filter((folder) => existsSync(join(root, folder, 'test'))),
  ...foldersIn('tools'),
  ...foldersIn('tests').filter((folder) => folder !== 'tests/contract'),
]
const commands: Readonly<Record<string, readonly string[]>> = {
  typecheck: ['npm', 'run', 'typecheck', '--silent'],
  lint: ['npm', 'run', 'lint', '--silent'],
  build: ['npm', 'run', 'build', '--silent'],
  ...Object.fromEntries(folders.map((folder) => [folder, vitest('rollcall', `${folder}/`)])),
  'stories on Forge': vitest('forge'),
}

const secondsOf = (time: string) => {
  const [minutes = '0', seconds = '0'] = time.replace('s', '').split('m')
  return Number(minutes) * 60 + Number(seconds)
}

/** The shell's `times` counts every child process that has ended. */
function measure(name: string, command: readonly string[], env: NodeJS.ProcessEnv) {
  const { stdout, stderr, status } = spawnSync(
    'sh',
    ['-c', '"$@" 1>&2; status=$?; times; exit $status', 'sh', ...command],
    {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  )
  writeFileSync(join(logs, `${name.replaceAll(/[ /]/g, '-')}.log`), stderr)
  const ofChildren = stdout.trim().split('\n').at(-1) ?? ''
  const cpu = ofChildren.split(' ').reduce((sum, time) => sum + secondsOf(time), 0)
  return { cpu, status }
}

const wanted = process.argv.slice(2)
mkdirSync(logs, { recursive: true })
const env = { ...process.env, ROLLCALL_CHROMIUM: await findChromium() }
let total = 0
for (const [name, command] of Object.entries(commands)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const begun = performance.now()
  const { cpu, status } = measure(name, command, env)
  const elapsed = (performance.now() - begun) / 1000
  total += cpu
  const result = status === 0 ? '' : '  FAILED'
  console.log(`${name.padEnd(22)} ${cpu.toFixed(0).padStart(5)} CPU s ${elapsed.toFixed(0).padStart(5)} s${result}`)
}
console.log(`${'in all'.padEnd(22)} ${total.toFixed(0).padStart(5)} CPU s`)
