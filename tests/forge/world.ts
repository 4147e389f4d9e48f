// The world of a story, on the app inside Jira: its bundle on the local host.

import { startSimulator, type SimulatorOptions } from '@rollcall/simulator'
import { appOf, ask } from './app.js'
import type { ForgeHostOptions } from '@rollcall/forge-host'
import { admin, startApp } from './host.js'

const intervalMs = 50

/** Keeps Atlassian's clock in step with the platform's, which skips delays. Returns what ends it. */
function keepClocksInStep(simulatorUrl: string, now: () => number): () => void {
  let ahead = 0
  const timer = setInterval(() => {
    const advanceMs = Math.floor(now() - Date.now()) - ahead
    if (advanceMs < intervalMs) return
    ahead += advanceMs
    const body = JSON.stringify({ advanceMs })
    fetch(`${simulatorUrl}/_simulator/clock`, { method: 'POST', body }).catch(() => undefined)
  }, intervalMs)
  return () => clearInterval(timer)
}

/** Opens a world with a connected organization. */
export async function openForgeWorld(options: SimulatorOptions, forHost: Partial<ForgeHostOptions> = {}) {
  const simulator = await startSimulator(options)
  const { keys, id: organizationId } = simulator.organization
  const admins = [admin]
  const host = await startApp(simulator.url, { jira: { admins }, ...forHost })
  const stopClocks = keepClocksInStep(simulator.url, host.now)
  await ask(host, 'connect', { organizationId, readKey: keys.unscoped })
  return {
    simulator,
    host,
    app: appOf(host),
    /** The app of another requester. */
    async requestedBy(accountId: string) {
      admins.push(accountId)
      host.signIn(accountId)
      return { app: appOf(host), close: async () => host.signIn(admin) }
    },
    async close() {
      stopClocks()
      await host.close()
      await simulator.close()
    },
  }
}
