// npm run kill-test -- [--kills 200] [--seed 1] [--jobs 2] [--life "…"] [--planted]

import { parseArgs } from 'node:util'
import { findPlanted } from './planted.js'
import { liveSeries, openSeries, readScript, writeScript, type Lived } from './series.js'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    life: { type: 'string' },
    planted: { type: 'boolean', default: false },
  },
})

function printViolations({ script, life }: Lived): void {
  for (const violation of life.violations) console.log(`  ${violation}`)
  console.log(`  again: npm run kill-test -- --life "${writeScript(script)}"`)
}

const series = await openSeries()
try {
  if (values.planted) process.exitCode = (await findPlanted()) ? 0 : 1
  else if (values.life !== undefined) {
    const script = readScript(values.life)
    const life = await series.live(script)
    console.log(`${life.struck.length} kills, ${life.missed} not reached, ${life.violations.length} violations`)
    if (life.violations.length > 0) printViolations({ script, life })
    process.exitCode = life.violations.length > 0 ? 1 : 0
  } else {
    const begun = performance.now()
    const wanted = { kills: Number(values.kills), seed: Number(values.seed), jobs: Number(values.jobs) }
    const { kinds, totals } = await liveSeries(series, wanted, (lived, soFar) => {
      if (lived.life.violations.length > 0) {
        console.log(`violated after ${soFar} kills: ${writeScript(lived.script)}`)
        printViolations(lived)
      } else if (process.stderr.isTTY) process.stderr.write(`\r${soFar} kills`)
      else if (soFar % 25 === 0) console.log(`${soFar} kills`)
    })
    console.log('\n kills  recovered  point')
    for (const [kind, { kills, recovered }] of [...kinds].toSorted(([a], [b]) => a.localeCompare(b)))
      console.log(`${String(kills).padStart(6)}  ${String(recovered).padStart(9)}  ${kind}`)
    const { lives, kills, missed, unknown, violations } = totals
    const seconds = Math.round((performance.now() - begun) / 1000)
    console.log(
      `kill-test: ${kills} kills in ${lives} lives, ${violations} violations, ${unknown} accounts reported as unknown, ` +
        `${missed} points not reached, ${seconds} s`,
    )
    process.exitCode = violations > 0 ? 1 : 0
  }
} finally {
  series.close()
}
