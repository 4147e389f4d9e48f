// The options of a host.

import type { Fault } from './faults.js'
import type { InstallationOptions } from './app/installation.js'
import type { Limits } from './limits/limits.js'
import type { LogEntry } from './log.js'
import type { SqlServer } from './sql/database.js'
import type { Jira } from './platform/jira-request.js'

export interface ForgeHostOptions extends InstallationOptions {
  /** The folder of manifest.yml; the paths of resources are relative to it. */
  readonly appFolder: string
  /** The bundled handlers, CommonJS; handler "index.resolver" is its export "resolver". */
  readonly bundle: string
  /** A MariaDB server, on which the host creates its own database. Without it SQL returns APP_NOT_ENABLED. */
  readonly sql?: SqlServer
  /** Where declared addresses really go: { 'https://api.atlassian.com': 'http://127.0.0.1:4010' }. */
  readonly egress?: Readonly<Record<string, string>>
  /** The stand-in for Jira; by default the signed-in account is its only admin. */
  readonly jira?: Jira
  /** The app's environment variables; it sees no others. */
  readonly variables?: Readonly<Record<string, string>>
  readonly limits?: Partial<Limits>
  readonly faults?: readonly Fault[]
  /** Keeps lambdas, and with them the state of modules, between invocations. By default every one starts cold. */
  readonly warm?: boolean
  /** Runs delayed events at once, in order, when nothing else runs; the clock moves along. */
  readonly skipDelays?: boolean
  /** Fires the scheduled triggers by the clock; otherwise only `tick` does. */
  readonly schedule?: boolean
  /** How many events run at the same time; by default 8. */
  readonly parallel?: number
  /** The port of the page; by default any free port. */
  readonly port?: number
  readonly onLog?: (entry: LogEntry) => void
}
