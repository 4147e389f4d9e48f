// The host as a process: prints the address of the page, fires the triggers by the clock, and ends on a signal.

import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startForgeHost } from './host.js'
import type { EnvironmentType, License } from './app/installation.js'
import { sqlServerOf } from './sql/server-address.js'

const { values } = parseArgs({
  options: {
    app: { type: 'string', default: 'apps/forge' },
    bundle: { type: 'string' },
    port: { type: 'string', default: '4020' },
    /** mysql://user:password@host:port, or mysql://user@/path/to/socket. */
    sql: { type: 'string', default: process.env['FORGE_HOST_SQL'] ?? '' },
    /** The stand-in for https://api.atlassian.com. */
    atlassian: { type: 'string', default: process.env['FORGE_HOST_ATLASSIAN'] ?? '' },
    /** Further addresses: https://hooks.example.com=http://127.0.0.1:9000 */
    egress: { type: 'string', multiple: true, default: [] },
    /** The stand-in for Jira; by default the host itself, with its admins. */
    jira: { type: 'string' },
    account: { type: 'string', default: 'admin' },
    admin: { type: 'string', multiple: true },
    license: { type: 'string', default: 'none' },
    environment: { type: 'string', default: 'DEVELOPMENT' },
    cold: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    'exit-with-parent': { type: 'boolean', default: false },
  },
})
const licenses: Readonly<Record<string, License | undefined>> = {
  none: undefined,
  paid: { active: true, isActive: true, isEvaluation: false, type: 'COMMERCIAL' },
  trial: { active: true, isActive: true, isEvaluation: true, type: 'COMMERCIAL' },
  inactive: { active: false, isActive: false, isEvaluation: false, type: 'COMMERCIAL' },
}
if (!Object.hasOwn(licenses, values.license)) throw new Error(`--license is one of ${Object.keys(licenses).join(', ')}`)
const environments: readonly EnvironmentType[] = ['DEVELOPMENT', 'STAGING', 'PRODUCTION']
const environmentType = environments.find((one) => one === values.environment)
if (environmentType === undefined) throw new Error(`--environment is one of ${environments.join(', ')}`)

const addresses = values.egress.map((pair) => {
  const [from, to] = pair.split('=')
  if (from === undefined || to === undefined) throw new Error(`--egress is of the form https://from=http://to: ${pair}`)
  return [from, to] as const
})
const atlassian = values.atlassian === '' ? [] : [['https://api.atlassian.com', values.atlassian] as const]
const license = licenses[values.license]
const bundle = resolve(values.bundle ?? `${values.app}/dist/index.cjs`)
const host = await startForgeHost({
  appFolder: resolve(values.app),
  bundle,
  port: Number(values.port),
  accountId: values.account,
  egress: Object.fromEntries([...atlassian, ...addresses]),
  environmentType,
  warm: !values.cold,
  schedule: true,
  jira: values.jira ?? { admins: values.admin ?? [values.account] },
  ...(values.sql === '' ? {} : { sql: sqlServerOf(values.sql) }),
  ...(license === undefined ? {} : { license }),
  ...(values.quiet ? {} : { onLog: ({ kind, text }) => console.log(`${kind.padEnd(10)} ${text}`) }),
})
if (host.manifest.hasSql && host.database === undefined)
  console.error('No SQL server was named (--sql or FORGE_HOST_SQL): SQL will return APP_NOT_ENABLED')
console.log(`forge host listening on ${host.url} (${dirname(bundle)})`)
const end = () => void host.close().then(() => process.exit(0))
process.on('SIGTERM', end).on('SIGINT', end)
if (values['exit-with-parent']) process.stdin.on('end', end).resume()
