// rollcall policy …: files in, stored policies, files out.

import { describeConditions, describeSchedule, nextOf, type RestDays, type StoredPolicy } from '@rollcall/core'
import type { Command } from 'commander'
import { system } from '@rollcall/node'
import { readPolicyFile, writePolicy } from '../policy-file.js'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

const stateOf = ({ name, enabled }: StoredPolicy): string => `${name} is ${enabled ? 'enabled' : 'disabled'}.`

function row(stored: StoredPolicy, rest: RestDays | undefined): readonly string[] {
  const { name, enabled, policy } = stored
  const next = nextOf(stored, system.now(), rest)
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
  const policy = program.command('policy').description('cleanup policies')
  policy
    .command('validate <file>')
    .option('--json')
    .action((named: string, flags: JsonFlag) => {
      const { name } = readPolicyFile(file(named))
      show(flags, { valid: true, name }, () => `${named} is a valid policy: ${name}.`)
    })
  policy
    .command('import <file>')
    .option('--json')
    .action(
      using(async ({ app }, named: string, flags: JsonFlag) => {
        const stored = await app.importPolicy(readPolicyFile(file(named)), by)
        show(flags, stored, () => `${stateOf(stored)} Look at "rollcall plan '${stored.name}'" before you enable it.`)
      }),
    )
  policy
    .command('list')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const policies = await app.policies()
        // Without readable rest days no policy that runs by itself has a next time; "rollcall rest-days" says why.
        const rest = await app.restDays().catch(() => undefined)
        const rows = policies.map((stored) => row(stored, rest))
        show(flags, policies, () => table(['Name', 'Enabled', 'Action', 'Who', 'When', 'Next'], rows))
      }),
    )
  policy.command('export <name>').action(
    using(async ({ app }, name: string) => {
      print(writePolicy((await app.policy(name)).policy))
    }),
  )
  for (const [verb, change] of [
    ['enable', 'enablePolicy'],
    ['disable', 'disablePolicy'],
  ] as const)
    policy
      .command(`${verb} <name>`)
      .option('--json')
      .action(
        using(async ({ app }, name: string, flags: JsonFlag) => {
          const stored = await app[change](name, by)
          show(flags, stored, () => stateOf(stored))
        }),
      )
  policy
    .command('delete <name>')
    .option('--json')
    .action(
      using(async ({ app }, name: string, flags: JsonFlag) => {
        await app.deletePolicy(name, by)
        show(flags, { deleted: name }, () => `${name} is deleted; its plans and runs stay.`)
      }),
    )
}
