// A world as the stories know it, with the app inside Jira: the bundle on its local host.

import { startSimulator, type SimulatorOptions } from '../../packages/simulator/src/index.js'
import { appOf, ask } from './app.js'
import { admin, startApp } from './host.js'

/** Opens a world, with the organization connected. */
export async function openForgeWorld(options: SimulatorOptions) {
  const simulator = await startSimulator(options)
  const { keys, id: organizationId } = simulator.organization
  const admins = [admin]
  const host = await startApp(simulator.url, { jira: { admins } })
  await ask(host, 'connect', { organizationId, readKey: keys.unscoped })
  return {
    ...{ simulator, host, app: appOf(host) },
    /** The app, asked by somebody else. */
    async asking(accountId: string) {
      admins.push(accountId)
      host.signIn(accountId)
      return { app: appOf(host), close: async () => host.signIn(admin) }
    },
    async close() {
      await host.close()
      await simulator.close()
    },
  }
}
