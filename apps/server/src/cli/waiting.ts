// rollcall plans, show, discard: what waits for a person, in quarantine or for approval.

import type { Command } from 'commander'
import { waitingShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { showPlan } from './plans.js'
import { by, type Session } from './session.js'

/** Adds the commands. */
export function waitingCommands(program: Command, session: Session): void {
  const { show, using } = session
  program
    .command('plans')
    .description('plans that wait for a person: refused ones in quarantine, and those to be approved')
    .option('--json')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const waiting = (await app.waiting()).map(waitingShape)
        show(flags, waiting, () =>
          waiting.length === 0
            ? 'No plan waits for anybody.'
            : table(
                ['Plan', 'Policy', 'Status', 'Since', 'Accounts', 'Refused because'],
                waiting.map((one) => [
                  one.planId,
                  one.policy ?? 'picked by hand',
                  one.status,
                  one.since,
                  one.accounts,
                  one.refusals.map(({ message }) => message).join(' '),
                ]),
              ),
        )
      }),
    )
  program
    .command('show <plan>')
    .description('a plan, and what refuses it as things are now')
    .option('--json')
    .action(
      using(async ({ app }, plan: string, flags: JsonFlag) => showPlan(session, app, flags, await app.showPlan(plan))),
    )
  program
    .command('discard <plan>')
    .description('a plan that waits never runs')
    .option('--json')
    .action(
      using(async ({ app }, plan: string, flags: JsonFlag) => {
        const { status } = await app.discard(plan, by)
        show(flags, { planId: plan, status }, () => `Plan ${plan} is discarded.`)
      }),
    )
}
