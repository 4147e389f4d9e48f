// rollcall policy …: validates and imports policy files, and lists, exports, enables, disables and deletes policies.

import { describeConditions, describeSchedule, nextOf, type NonWorkingDays, type StoredPolicy } from '@rollcall/core'
import type { Command } from 'commander'
import { system } from '@rollcall/node'
import { readPolicyFile, writePolicy } from '../policy-file.js'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

const stateOf = ({ name, enabled }: StoredPolicy): string => `${name} is ${enabled ? 'enabled' : 'disabled'}.`

function row(stored: StoredPolicy, nonWorkingDays: NonWorkingDays | undefined): readonly string[] {
  const { name, enabled, policy } = stored
  const next = nextOf(stored, system.now(), nonWorkingDays)
  const when = policy.schedule === undefined ? 'by hand' : describeSchedule(policy.schedule)
  const conditions = describeConditions(policy.conditions)
  return [
    name,
    enabled ? 'yes' : 'no',
    policy.actions.join(', '),
    conditions,
    when,
    next === undefined ? '' : new Date(next).toISOString(),
  ]
}

/** Adds the commands. */
export function policyCommands(program: Command, { file, print, show, using }: Session): void {
  const policy = program.command('policy').description('Cleanup policies')
  policy
    .command('validate <file>')
    .description('Check a policy file')
    .option('--json', 'Print JSON')
    .action((named: string, flags: JsonFlag) => {
      const { name } = readPolicyFile(file(named))
      show(flags, { valid: true, name }, () => `${named} is a valid policy: ${name}.`)
    })
  policy
    .command('import <file>')
    .description('Store a policy file as a disabled policy')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, named: string, flags: JsonFlag) => {
        const stored = await app.importPolicy(readPolicyFile(file(named)), by)
        show(
          flags,
          stored,
          () => `${stateOf(stored)} Preview it with "rollcall plan '${stored.name}'" before you enable it.`,
        )
      }),
    )
  policy
    .command('list')
    .description('List the policies')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const policies = await app.policies()
        // When the non-working days cannot be read, no policy has a next run; "rollcall non-working-days" says why.
        const nonWorkingDays = await app.nonWorkingDays().catch(() => undefined)
        const rows = policies.map((stored) => row(stored, nonWorkingDays))
        show(flags, policies, () => table(['Name', 'Enabled', 'Action', 'Conditions', 'Schedule', 'Next run'], rows))
      }),
    )
  policy
    .command('export <name>')
    .description('Print a policy as a policy file')
    .action(
      using(async ({ app }, name: string) => {
        print(writePolicy((await app.policy(name)).policy))
      }),
    )
  for (const [verb, change, what] of [
    ['enable', 'enablePolicy', 'Enable a policy, so that its schedule applies'],
    ['disable', 'disablePolicy', 'Disable a policy, so that it no longer runs'],
  ] as const)
    policy
      .command(`${verb} <name>`)
      .description(what)
      .option('--json', 'Print JSON')
      .action(
        using(async ({ app }, name: string, flags: JsonFlag) => {
          const stored = await app[change](name, by)
          show(flags, stored, () => stateOf(stored))
        }),
      )
  policy
    .command('delete <name>')
    .description('Delete a policy; its plans and runs stay')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, name: string, flags: JsonFlag) => {
        await app.deletePolicy(name, by)
        show(flags, { deleted: name }, () => `${name} is deleted. It will no longer run. Its plans and runs stay.`)
      }),
    )
}
