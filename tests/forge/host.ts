// The Forge app on its local host: the bundle that would be deployed, with MariaDB and a simulated Atlassian.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startForgeHost, type ForgeHostOptions } from '@rollcall/forge-host'
import { mariadb } from '../mariadb/shared.js'

const folder = fileURLToPath(new URL('../../apps/forge', import.meta.url))
const bundle = `${folder}/dist/index.cjs`

/** Whether MariaDB is missing. Then the report shows the tests that need a database as skipped. */
export const withoutForge = mariadb === undefined

/** The first user who signs in; a Jira admin. */
export const admin = 'mia'

/** Starts the app with a new installation. */
export async function startApp(atlassianUrl: string, options: Partial<ForgeHostOptions> = {}) {
  if (!existsSync(bundle)) throw new Error('The Forge app is not built. Run "npm run build".')
  if (mariadb === undefined) throw new Error('There is no MariaDB.')
  return startForgeHost({
    appFolder: folder,
    bundle,
    egress: { 'https://api.atlassian.com': atlassianUrl },
    sql: { socketPath: mariadb.socket, user: 'root' },
    accountId: admin,
    variables: { ROLLCALL_CHECK_RESPONSES: '1' },
    jira: { admins: [admin] },
    warm: true,
    skipDelays: true,
    ...options,
  })
}
