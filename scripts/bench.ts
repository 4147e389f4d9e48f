// npm run bench: runs every benchmark of bench/ in its own process. One JSON document on stdout, notes on stderr.
// Names select some of them: npm run bench -- gate calls. Exits with 1 when a figure misses its bound.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const known = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .toSorted()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there is ${known.join(', ')}.`)
  process.exit(2)
}

interface Figures {
  readonly bounds: readonly { what: string; value: number; limit: string; met: boolean }[]
  readonly details: unknown
}

const benchmarks: Record<string, Figures | { readonly failed: string }> = {}
const missed: string[] = []
for (const name of wanted.length === 0 ? known : wanted) {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'bench', `${name}.ts`)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) {
    benchmarks[name] = { failed: `ended with ${status}` }
    missed.push(`${name}: ended with ${status}`)
    continue
  }
  const figures = JSON.parse(stdout) as Figures
  benchmarks[name] = figures
  for (const { what, value, limit, met } of figures.bounds)
    if (!met) missed.push(`${name}: ${what} ${limit}, is ${value}`)
}
for (const one of missed) console.error(`missed: ${one}`)
console.log(JSON.stringify({ node: process.version, cores: availableParallelism(), benchmarks, missed }, null, 2))
process.exit(missed.length === 0 ? 0 : 1)
