// A worker of npm run check-schedules: compares its part of the cases and prints the tally as JSON.

import { compareAll, emptyTally } from './compare.js'
import { together } from './cases.js'

const [seed = 1, cases = 1000, share = 0, shares = 1, single = -1] = process.argv.slice(2).map(Number)
const tally = emptyTally()
if (single >= 0) compareAll(seed, single, single + 1, tally)
else
  for (let group = share; group * together < cases; group += shares)
    compareAll(seed, group * together, Math.min(cases, (group + 1) * together), tally)
process.stdout.write(
  JSON.stringify({ ...tally, zones: [...tally.zones], hits: [...tally.hits], differences: tally.differences }),
)
