// A worker: plays the seeds from..from+count in its own process, and writes the result of each to standard output.
// Arguments: from, count. With "trace" it writes the trace of one seed instead. When imported, it only exports its function.

import { fileURLToPath } from 'node:url'
import { playSeed } from './seed.js'

export { playSeed }

async function main(): Promise<void> {
  const [from = '1', count = '1', ...flags] = process.argv.slice(2)
  if (flags.includes('trace')) {
    const { trace, violations, traceHash } = await playSeed(Number(from))
    const violated = violations.map((one) => `VIOLATION ${one}\n`).join('')
    process.stdout.write(`${trace.join('')}trace ${traceHash}\n${violated}`)
    process.exitCode = violations.length > 0 ? 1 : 0
  } else
    for (let seed = Number(from); seed < Number(from) + Number(count); seed += 1) {
      const { trace: _, ...outcome } = await playSeed(seed)
      process.stdout.write(`${JSON.stringify(outcome)}\n`)
    }
}
if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
