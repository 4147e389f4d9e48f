// A worker: plays seeds from..from+count in a process of its own, and writes what came of each to standard output.
// Arguments: from, count, and "first" to end with the first violation. With --trace it writes one seed's story instead.

import { playSeed } from './seed.js'

const [from = '1', count = '1', ...flags] = process.argv.slice(2)
if (flags.includes('trace')) {
  const { trace, violations, traceHash } = await playSeed(Number(from))
  process.stdout.write(`${trace.join('')}trace ${traceHash}\n${violations.map((one) => `VIOLATION ${one}\n`).join('')}`)
  process.exitCode = violations.length > 0 ? 1 : 0
} else
  for (let seed = Number(from); seed < Number(from) + Number(count); seed += 1) {
    const { trace: _, ...outcome } = await playSeed(seed)
    process.stdout.write(`${JSON.stringify(outcome)}\n`)
    if (flags.includes('first') && outcome.violations.length > 0) break
  }
