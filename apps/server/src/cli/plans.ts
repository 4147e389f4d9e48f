// rollcall plan, undo: previews. They change nothing; "rollcall run" executes a plan.

import {
  allowedAccounts,
  placePhrase,
  remedyOf,
  type App,
  type AskProgress,
  stageEnds,
  UsageError,
  type PickedRequest,
  type Plan,
  type Refusal,
} from '@rollcall/core'
import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { readAccountList } from '../account-list-file.js'
import { readPolicyFile } from '../policy-file.js'
import { planShape } from '@rollcall/api'
import { withNextStep } from './next-step.js'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface PlanFlags extends JsonFlag {
  readonly action?: string
  readonly accounts?: string
  readonly site?: string
  readonly product?: string
  readonly group?: string
  readonly exclude?: readonly string[]
}
interface ReasonFlags extends JsonFlag {
  readonly reason?: string
}
interface Preview {
  readonly plan: Plan
  readonly refusals: readonly Refusal[]
}

const shownActions = 20

/** The limits of the plan: how many accounts it may change, in which stages, and when it stops. */
function limitsInWords({ population, limits, scheduled, actions }: Plan): string {
  const [first, second] = stageEnds(actions.length, limits)
  const pause = scheduled ? `, a canary pause of ${limits.canaryWait} minutes` : ''
  return [
    `Limits: ${allowedAccounts({ population, limits })} accounts per run (${limits.percent} % of ${population} people, at most ${limits.accounts}); weekly budget ${limits.budget} %.`,
    `Stages: ${first} accounts${pause}, then ${second - first}, then the rest. The run stops at ${limits.unknown} % unknown, ${limits.refused} % refused by Atlassian, or ${limits.restored} % restored by people.`,
  ].join('\n')
}

const seatsInWords = ({ seats = [] }: Plan): readonly string[] =>
  seats.map(({ site, product, needed, available }) =>
    available === null
      ? `Needs ${needed} seats of ${placePhrase(site, product)}. The number of free seats is unknown.`
      : `Needs ${needed} seats of ${placePhrase(site, product)}. ${available} are free.`,
  )

function inWords({ plan, refusals }: Preview, names: ReadonlyMap<string, string>, notes: readonly string[]): string {
  const { actions, excluded, planId, fingerprint } = plan
  const lines = [
    `Plan ${planId}${plan.policy === null ? '' : `: ${plan.policy}`}`,
    `${actions.length} of ${actions.length + excluded.total} accounts will change · ${excluded.total} excluded`,
  ]
  if (actions.length > 0)
    lines.push(
      '',
      table(
        ['Name', 'Account', 'Action', 'Reason'],
        actions
          .slice(0, shownActions)
          .map(({ accountId, action, reason }) => [names.get(accountId) ?? '', accountId, action, reason]),
      ),
    )
  if (actions.length > shownActions) lines.push(`… and ${actions.length - shownActions} more. Use --json to see all.`)
  const reasons = excluded.reasons.toSorted((a, b) => b.accounts - a.accounts)
  if (reasons.length > 0)
    lines.push(
      '',
      table(
        ['Excluded', 'Reason'],
        reasons.slice(0, shownActions).map((one) => [one.accounts, one.text]),
      ),
    )
  if (reasons.length > shownActions)
    lines.push(`… and ${reasons.length - shownActions} more reasons. Use --json to see all.`)
  if (notes.length > 0) lines.push('', ...notes)
  lines.push('', limitsInWords(plan), ...seatsInWords(plan), '')
  if (refusals.length === 0)
    lines.push(`All safety checks passed. To execute the plan: rollcall run ${planId} --approve ${fingerprint}`)
  else
    lines.push(
      'Blocked by safety checks:',
      ...refusals.map((one) => `  ${withNextStep(one.message, remedyOf(one))} (${one.code})`),
    )
  return lines.join('\n')
}

/** Prints a plan with everything that the approver needs to know. */
export async function showPlan(
  { show }: Pick<Session, 'show'>,
  app: App,
  flags: JsonFlag,
  preview: Preview,
): Promise<void> {
  const shown = preview.plan.actions.slice(0, shownActions).map(({ accountId }) => accountId)
  const names = await app.namesOf(shown)
  const { notes } = await app.planSummary(preview.plan.planId)
  show(flags, planShape(preview), () => inWords(preview, names, notes))
}

async function pickedOf(
  session: Session,
  { action, accounts, site, product, group, exclude }: PlanFlags,
): Promise<PickedRequest> {
  if (action === undefined || accounts === undefined)
    throw new UsageError('Give a policy, a policy file, or --action with --accounts.')
  return { action, accounts: await readAccountList(accounts, session), site, product, group, exclude } as PickedRequest
}

const looksLikeFile = ({ file }: Session, name: string) => existsSync(file(name)) || /\.ya?ml$|[\\/]/.test(name)

/** Adds the commands. */
export function planCommands(program: Command, session: Session): void {
  const { progress, using } = session
  program
    .command('plan [policy]')
    .description('Preview a policy, a policy file, or an action on accounts that you pick; changes nothing')
    .option('--json', 'Print JSON')
    .option('--action <action>', 'The action for accounts that you pick, such as suspend-access')
    .option('--accounts <file>', 'A file with one account id per line; "-" reads standard input')
    .option('--site <host>', 'The site of the product, such as acme.atlassian.net')
    .option('--product <key>', 'The product for actions on product access, such as jira-software')
    .option('--group <name>', 'The group for actions on groups')
    .option('--exclude <account...>', 'Accounts to leave out of the plan')
    .action(
      using(async ({ app }, name: string | undefined, flags: PlanFlags) => {
        if (name !== undefined && (flags.action !== undefined || flags.accounts !== undefined))
          throw new UsageError('Give a policy or --action with --accounts, not both.')
        const unused = (['site', 'product', 'group'] as const).find((one) => flags[one] !== undefined)
        if (name !== undefined && unused !== undefined)
          throw new UsageError(`A policy says what it changes. Leave out --${unused}, or change the policy.`)
        const bar = progress('Asking Atlassian about accounts')
        const asking = { onProgress: ({ asked, accounts }: AskProgress) => bar.update(asked, accounts) }
        const made = async () => {
          if (name === undefined) return app.planPicked(await pickedOf(session, flags), by, asking)
          if (!looksLikeFile(session, name)) return app.planStored(name, by, flags.exclude, asking)
          return app.planFile(readPolicyFile(session.file(name)), by, flags.exclude, asking)
        }
        return showPlan(session, app, flags, await made().finally(() => bar.stop()))
      }),
    )
  program
    .command('undo <run>')
    .description('Make the plan that undoes a run; execute it like any other plan. Cancels a run that is executing')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, run: string, flags: JsonFlag) =>
        showPlan(session, app, flags, await app.planUndo(run, by)),
      ),
    )
  program
    .command('exclude <plan> <account...>')
    .description('Make a new plan without some accounts, and discard the old one')
    .option('--reason <text>', 'Why; the audit log keeps it')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, plan: string, accounts: readonly string[], { reason, ...flags }: ReasonFlags) => {
        const why = reason === undefined ? {} : { reason }
        return showPlan(session, app, flags, await app.exclude(plan, { accounts: [...accounts], ...why }, by))
      }),
    )
  program
    .command('give-back <run-or-account> [account...]')
    .description(
      'Make the plan that gives back what a run took from some accounts, or what was last taken from one account',
    )
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, first: string, accounts: readonly string[], flags: JsonFlag) => {
        const wanted = accounts.length === 0 ? { accounts: [first] } : { runId: first, accounts: [...accounts] }
        return showPlan(session, app, flags, await app.planGiveBack(wanted, by))
      }),
    )
}
