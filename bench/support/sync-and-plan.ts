// One process that syncs and plans and reports its memory, then compares planning with reading, in turns.

import { accountsOf } from '@rollcall/core'
import { median, note, timed } from './figures.js'
import { by, openRollcall, policy, product, site } from './rollcall.js'

const [url = '', organizationId = '', key = ''] = process.argv.slice(2)
const rollcall = await openRollcall({ url, organizationId, key })
const { app, ports } = rollcall

const syncMs = await timed(() => app.sync(by))
const { plan, refusals } = await app.planFile(policy(), by)
const peakMegabytes = process.resourceUsage().maxRSS / 1024
note(`memory: ${plan.population} in scope, ${plan.actions.length} actions, ${refusals.length} refusals`)

async function readAll(): Promise<void> {
  let read = 0
  for await (const _ of accountsOf({ snapshotId: plan.snapshotId, site, product }, ports)) read += 1
  const judged = plan.actions.length + plan.excluded.total
  if (read !== judged) throw new Error(`Planning read ${read} accounts but judged ${judged}.`)
}
const rounds = 7
const [planning, reading]: [number[], number[]] = [[], []]
for (let round = 0; round < rounds; round += 1) {
  reading.push(await timed(readAll))
  planning.push(await timed(() => app.planFile(policy(), by)))
}
const again = await timed(() => app.sync(by))
process.stdout.write(
  JSON.stringify({
    peakMegabytes: Math.round(peakMegabytes),
    planningToReading: median(planning) / median(reading),
    planningMs: Math.round(median(planning)),
    readingMs: Math.round(median(reading)),
    syncMs: Math.round(syncMs),
    secondSyncMs: Math.round(again),
  }),
)
await rollcall.close()
