// Memory and speed of sync, select, plan and guard when an organization grows fifteenfold.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { atMost, note, report } from './support/figures.js'
import { simulate } from './support/simulator.js'

const program = fileURLToPath(new URL('support/sync-and-plan.ts', import.meta.url))
interface Figures {
  readonly peakMegabytes: number
  readonly planningToReading: number
}

async function measure(accounts: number): Promise<Figures> {
  const simulator = await simulate(accounts)
  try {
    note(`memory: ${accounts} accounts`)
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
    atMost('ratio of peak memory with 150,000 accounts to that with 10,000', many.peakMegabytes / few.peakMegabytes, 2),
    atMost('megabytes of peak memory with 150,000 accounts', many.peakMegabytes, 400),
    atMost('ratio of planning to reading the same rows, 10,000 accounts', few.planningToReading, 3),
    atMost('ratio of planning to reading the same rows, 150,000 accounts', many.planningToReading, 3),
  ],
  { '10,000 accounts': few, '150,000 accounts': many },
)
