// npm run figures: prints the figures in docs/architecture.md. tests/architecture.test.ts checks their bounds.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { circlesIn, lengthsOf, readImportGraph } from '../tests/architecture/import-graph.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const graph = readImportGraph()
const lengths = lengthsOf(graph)
const at = (part: number) => lengths[Math.floor(lengths.length * part)]?.lines ?? 0
const longest = lengths.at(-1)
const knip = spawnSync('npx', ['knip'], { cwd: root, encoding: 'utf8' })

console.log(`entries of packages/core/src       ${readdirSync(`${root}packages/core/src`).length} (at most 16)`)
console.log(`source files                       ${lengths.length}`)
console.log(`lines of a file: median            ${at(0.5)} (at most 60)`)
console.log(`                 90 of 100         ${at(0.9)}`)
console.log(`                 longest           ${longest?.lines ?? 0} (at most 300): ${longest?.file ?? ''}`)
console.log(`circles of imports, types included ${circlesIn(graph).length}`)
console.log(`unused exports and dependencies    ${knip.status === 0 ? 0 : `some:\n${knip.stdout}`}`)
process.exit(knip.status ?? 1)
