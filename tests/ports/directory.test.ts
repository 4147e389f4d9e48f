// Atlassian's client fulfils the contract of the Directory port, tested with the simulator.

import { createDirectory } from '@rollcall/atlassian'
import { directoryContract, manualSystem } from '@rollcall/core/testing'
import { afterEach, describe, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '@rollcall/simulator'

let simulator: Simulator
afterEach(() => simulator.close())

async function open(options: SimulatorOptions) {
  simulator = await startSimulator({ users: 300, ...options })
  const { id, keys } = simulator.organization
  return createDirectory({
    baseUrl: simulator.url,
    organizationId: id,
    readKey: keys.unscoped,
    fetch,
    system: manualSystem(Date.now()),
  })
}

for (const model of ['centralized', 'original'] as const)
  describe(`Atlassian's client, in an organization of the ${model} model`, () => {
    for (const { promise, check } of directoryContract)
      it(promise, async () => {
        await check(await open({ model }))
      })
  })
