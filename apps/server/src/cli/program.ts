// The command line: words into the app's operations. One file per group of commands.

import { Command } from 'commander'
import { accountCommands } from './accounts.js'
import { auditCommands } from './audit.js'
import { connectionCommands } from './connection.js'
import { hostingCommands } from './hosting.js'
import { keyCommands } from './keys.js'
import { limitCommands } from './limits.js'
import { planCommands } from './plans.js'
import { policyCommands } from './policies.js'
import { protectionCommands } from './protections.js'
import { restDayCommands } from './rest-days.js'
import { runCommands } from './runs.js'
import { syncCommands } from './sync.js'
import { vetoCommands } from './vetoes.js'
import { waitingCommands } from './waiting.js'

/** Makes the program; usage errors are thrown, so that the caller decides about the exit code. */
export function createProgram(): Command {
  const program = new Command('rollcall').description('Automated user management for Jira Cloud').exitOverride()
  const looking = [connectionCommands, keyCommands, syncCommands, accountCommands, policyCommands]
  const acting = [planCommands, waitingCommands, runCommands]
  const sparing = [protectionCommands, vetoCommands, limitCommands, restDayCommands]
  for (const add of [...looking, ...acting, ...sparing, auditCommands, hostingCommands]) add(program)
  return program
}
