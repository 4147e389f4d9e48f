// A world as the stories know it, with the app inside Jira: the bundle on its local host.

import { startSimulator, type SimulatorOptions } from '@rollcall/simulator'
import { appOf, ask } from './app.js'
import type { ForgeHostOptions } from '@rollcall/forge-host'
import { admin, startApp } from './host.js'

const often = 50

/** Lets Atlassian's clock go along with the platform's, which skips delays. */
function together(simulatorUrl: string, now: () => number): () => void {
  let ahead = 0
  const timer = setInterval(() => {
    const advanceMs = Math.floor(now() - Date.now()) - ahead
    if (advanceMs < often) return
    ahead += advanceMs
    const body = JSON.stringify({ advanceMs })
    fetch(`${simulatorUrl}/_simulator/clock`, { method: 'POST', body }).catch(() => undefined)
  }, often)
  return () => clearInterval(timer)
}

/** Opens a world, with the organization connected. */
export async function openForgeWorld(options: SimulatorOptions, forHost: Partial<ForgeHostOptions> = {}) {
  const simulator = await startSimulator(options)
  const { keys, id: organizationId } = simulator.organization
  const admins = [admin]
  const host = await startApp(simulator.url, { jira: { admins }, ...forHost })
  const apart = together(simulator.url, host.now)
  await ask(host, 'connect', { organizationId, readKey: keys.unscoped })
  return {
    simulator,
    host,
    app: appOf(host),
    /** The app, asked by somebody else. */
    async asking(accountId: string) {
      admins.push(accountId)
      host.signIn(accountId)
      return { app: appOf(host), close: async () => host.signIn(admin) }
    },
    async close() {
      apart()
      await host.close()
      await simulator.close()
    },
  }
}
