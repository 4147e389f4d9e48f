// npm run simulate-faults -- [--seeds N] [--from K] | --seed S --trace: plays seeds, and fails on a violation or on a
// fault that never occurred.

import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { openBundler } from './bundle.js'
import { playAll } from './crew.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})
const bundler = await openBundler()
const file = await bundler.bundle('core')
await bundler.close()
if (values.seed !== undefined) {
  const words = [file, values.seed, '1', 'trace']
  process.exit(spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1)
}
const begun = performance.now()
const sum = await playAll(file, Number(values.from), Number(values.seeds), ({ seeds, violations }) => {
  if (seeds % 2000 === 0) process.stderr.write(`${seeds} seeds, ${violations.length} violations\n`)
})
const seconds = (performance.now() - begun) / 1000
const never = Object.entries(sum.bites).filter(([, count]) => count === 0)
console.log('How often each fault bit:')
for (const [name, count] of Object.entries(sum.bites)) console.log(`${String(count).padStart(9)}  ${name}`)
console.log('What happened under them:')
for (const [name, count] of Object.entries(sum.tally)) console.log(`${String(count).padStart(9)}  ${name}`)
for (const { seed, what } of sum.violations.slice(0, 20))
  console.log(`VIOLATION ${what}\n  npm run simulate-faults -- --seed ${seed} --trace`)
for (const [name] of never) console.log(`NEVER OCCURRED ${name}`)
console.log(
  `${sum.seeds} seeds in ${Math.round(seconds)} s (${Math.round(sum.seeds / seconds)} a second), ${sum.violations.length} violations`,
)
process.exit(sum.violations.length + never.length > 0 ? 1 : 0)
