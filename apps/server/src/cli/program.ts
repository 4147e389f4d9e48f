// The command line: words into the app's operations. One file per group of commands.

import { Command } from 'commander'
import { accountCommands } from './accounts.js'
import { auditCommands } from './audit.js'
import { connectionCommands } from './connection.js'
import { hostingCommands } from './hosting.js'
import { planCommands } from './plans.js'
import { policyCommands } from './policies.js'
import { protectionCommands } from './protections.js'
import { restDayCommands } from './rest-days.js'
import { runCommands } from './runs.js'
import { syncCommands } from './sync.js'

/** Makes the program; usage errors are thrown, so that the caller decides about the exit code. */
export function createProgram(): Command {
  const program = new Command('rollcall').description('Automated user management for Jira Cloud').exitOverride()
  const groups = [connectionCommands, syncCommands, accountCommands, policyCommands, planCommands, runCommands]
  for (const add of [...groups, protectionCommands, restDayCommands, auditCommands, hostingCommands]) add(program)
  return program
}
