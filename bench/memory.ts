// Memory and speed of sync, select, plan and guard, as an organization grows fifteenfold.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atMost, note, report } from './support/figures.js'
import { simulate } from './support/simulator.js'

const program = fileURLToPath(new URL('support/sync-and-plan.ts', import.meta.url))
interface Figures {
  readonly peakMegabytes: number
  readonly planningToReading: number
}

async function measure(people: number): Promise<Figures> {
  const simulator = await simulate(people)
  try {
    note(`memory: ${people} people`)
    const { url, organizationId, key } = simulator.connection
    const child = spawnSync(process.execPath, ['--import', 'tsx', program, url, organizationId, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    })
    if (child.status !== 0) throw new Error(`The measured process ended with ${child.status}.`)
    return JSON.parse(child.stdout) as Figures
  } finally {
    simulator.close()
  }
}

const [few, many] = [await measure(10_000), await measure(150_000)]
report(
  [
    atMost('peak memory of 150,000 people to that of 10,000', many.peakMegabytes / few.peakMegabytes, 2),
    atMost('peak memory of 150,000 people, megabytes', many.peakMegabytes, 400),
    atMost('planning to reading the same rows, 10,000 people', few.planningToReading, 3),
    atMost('planning to reading the same rows, 150,000 people', many.planningToReading, 3),
  ],
  { 'people 10,000': few, 'people 150,000': many },
)
