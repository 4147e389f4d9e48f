// rollcall plan, undo: previews. They change nothing; running them is a command of its own.

import {
  allowedAccounts,
  type App,
  stageEnds,
  UsageError,
  type PickedRequest,
  type Plan,
  type Refusal,
} from '@rollcall/core'
import type { Command } from 'commander'
import { existsSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { readPolicyFile } from '../policy-file.js'
import { planShape } from '@rollcall/api'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface PlanFlags extends JsonFlag {
  readonly action?: string
  readonly accounts?: string
  readonly site?: string
  readonly product?: string
  readonly group?: string
}
interface Preview {
  readonly plan: Plan
  readonly refusals: readonly Refusal[]
}

const shownActions = 20

/** The limits that the plan was measured by: what it may touch, and how carefully it would go. */
function limitsInWords({ population, limits, scheduled, actions }: Plan): string {
  const [first, second] = stageEnds(actions.length, limits)
  const rest = scheduled ? `, a rest of ${limits.canaryWait} minutes` : ''
  return [
    `Limits: ${allowedAccounts({ population, limits })} accounts a run (${limits.percent} %, at most ${limits.accounts}), ${limits.budget} % in 7 days.`,
    `It goes in stages: ${first} accounts${rest}, then ${second - first}, then the rest. It halts at ${limits.unknown} % unknown, ${limits.refused} % refused, ${limits.restored} % restored by people.`,
  ].join('\n')
}

const seatsInWords = ({ seats = [] }: Plan): readonly string[] =>
  seats.map(({ site, product, needed, available }) =>
    available === null
      ? `It needs ${needed} seats of ${product} on ${site}; how many are free is unknown.`
      : `It needs ${needed} seats of ${product} on ${site}; ${available} are free.`,
  )

function inWords({ plan, refusals }: Preview, names: ReadonlyMap<string, string>): string {
  const { actions, spared, population, planId, fingerprint } = plan
  const lines = [
    `Plan ${planId}${plan.policy === null ? '' : `: ${plan.policy}`}`,
    `${actions.length} of ${population} accounts would be changed, ${spared.total} are spared.`,
  ]
  if (actions.length > 0)
    lines.push(
      '',
      table(
        ['Name', 'Account', 'Action', 'Because'],
        actions
          .slice(0, shownActions)
          .map(({ accountId, action, reason }) => [names.get(accountId) ?? '', accountId, action, reason]),
      ),
    )
  if (actions.length > shownActions) lines.push(`… and ${actions.length - shownActions} more; --json shows all.`)
  const reasons = Object.entries(spared.byReason).toSorted(([, a], [, b]) => b - a)
  if (reasons.length > 0)
    lines.push(
      '',
      table(
        ['Spared', 'Because'],
        reasons.slice(0, shownActions).map(([reason, count]) => [count, reason]),
      ),
    )
  if (reasons.length > shownActions)
    lines.push(`… and ${reasons.length - shownActions} more reasons; --json shows all.`)
  lines.push('', limitsInWords(plan), ...seatsInWords(plan), '')
  if (refusals.length === 0)
    lines.push(`Nothing refuses it. To run it: rollcall run ${planId} --approve ${fingerprint}`)
  else lines.push('Refused:', ...refusals.map(({ code, message }) => `  ${code}: ${message}`))
  return lines.join('\n')
}

/** Prints a plan with everything that a person has to know before approving it. */
export async function showPlan(
  { show }: Pick<Session, 'show'>,
  app: App,
  flags: JsonFlag,
  preview: Preview,
): Promise<void> {
  const shown = preview.plan.actions.slice(0, shownActions).map(({ accountId }) => accountId)
  const names = await app.namesOf(shown)
  show(flags, planShape(preview), () => inWords(preview, names))
}

/** Reads one account id per line; `-` is standard input. */
async function readIds({ file, stdin }: Session, name: string): Promise<readonly string[]> {
  let content: string
  try {
    content = name === '-' ? await text(stdin) : readFileSync(file(name), 'utf8')
  } catch {
    throw new UsageError(`${name} cannot be read. Give a file with one account id per line, or "-" for standard input.`)
  }
  return content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
}

async function pickedOf(
  session: Session,
  { action, accounts, site, product, group }: PlanFlags,
): Promise<PickedRequest> {
  if (action === undefined || accounts === undefined)
    throw new UsageError('Give a policy, a policy file, or --action with --accounts.')
  return { action, accounts: await readIds(session, accounts), site, product, group } as PickedRequest
}

const looksLikeFile = ({ file }: Session, name: string) => existsSync(file(name)) || /\.ya?ml$|[\\/]/.test(name)

/** Adds the commands. */
export function planCommands(program: Command, session: Session): void {
  const { using } = session
  program
    .command('plan [policy]')
    .description('preview a policy, a policy file, or an action on picked accounts; nothing is changed')
    .option('--json')
    .option('--action <action>', 'for accounts picked by hand')
    .option('--accounts <file>', 'one account id per line; "-" reads standard input')
    .option('--site <host>')
    .option('--product <key>')
    .option('--group <name>')
    .action(
      using(async ({ app }, name: string | undefined, flags: PlanFlags) => {
        if (name === undefined)
          return showPlan(session, app, flags, await app.planPicked(await pickedOf(session, flags), by))
        if (flags.action !== undefined || flags.accounts !== undefined)
          throw new UsageError('Give a policy or --action with --accounts, not both.')
        return showPlan(
          session,
          app,
          flags,
          await (looksLikeFile(session, name)
            ? app.planFile(readPolicyFile(session.file(name)), by)
            : app.planStored(name, by)),
        )
      }),
    )
  program
    .command('undo <run>')
    .description('plan the way back of a run; run it like any other plan')
    .option('--json')
    .action(
      using(async ({ app }, run: string, flags: JsonFlag) =>
        showPlan(session, app, flags, await app.planUndo(run, by)),
      ),
    )
}
