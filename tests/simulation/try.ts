import { playSeed } from './seed.js'
const [from = 1, count = 20] = process.argv.slice(2).map(Number)
const t = performance.now()
let bad = 0
const tally: Record<string, number> = {}
for (let seed = from; seed < from + count; seed += 1) {
  const one = await playSeed(seed, count === 1)
  for (const [k, v] of [...Object.entries(one.tally), ...Object.entries(one.bites)]) tally[k] = (tally[k] ?? 0) + v
  if (count === 1) console.log(one.trace.join(''))
  if (one.violations.length > 0) { bad += 1; if (bad < 12) console.log(seed, one.violations[0]?.slice(0, 300)) }
}
console.log(JSON.stringify(tally), bad, 'bad;', (count / ((performance.now() - t) / 1000)).toFixed(1), 'seeds/s')
