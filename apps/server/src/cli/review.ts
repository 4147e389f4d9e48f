// rollcall plans, show, discard: the plans that need a decision, because they are blocked or need approval.

import type { Command } from 'commander'
import { waitingShape } from '@rollcall/api'
import { withNextStep } from './next-step.js'
import { table, type JsonFlag } from './output.js'
import { showPlan } from './plans.js'
import { by, type Session } from './session.js'
import { statusLabels } from './status-label.js'

/** Adds the commands. */
export function reviewCommands(program: Command, session: Session): void {
  const { show, using } = session
  program
    .command('plans')
    .description('List the plans that are blocked or need approval')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const waiting = (await app.waiting()).map(waitingShape)
        show(flags, waiting, () =>
          waiting.length === 0
            ? 'No plan is blocked or needs approval.'
            : table(
                ['Plan', 'Policy', 'Status', 'Since', 'Accounts', 'Safety checks'],
                waiting.map((one) => [
                  one.planId,
                  one.policy ?? 'picked one by one',
                  statusLabels[one.status],
                  one.since,
                  one.accounts,
                  one.refusals.map(({ message, remedy }) => withNextStep(message, remedy)).join(' ') || 'passed',
                ]),
              ),
        )
      }),
    )
  program
    .command('show <plan>')
    .description('Show a plan and its safety checks as of now')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, plan: string, flags: JsonFlag) => showPlan(session, app, flags, await app.showPlan(plan))),
    )
  program
    .command('discard <plan>')
    .description('Discard a plan that is blocked or needs approval, so that it cannot run')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, plan: string, flags: JsonFlag) => {
        const { status } = await app.discard(plan, by)
        show(flags, { planId: plan, status }, () => `Plan ${plan} is discarded. It will not run.`)
      }),
    )
}
