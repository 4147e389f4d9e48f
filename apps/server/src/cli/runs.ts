// rollcall run, runs, run-status: approves and executes a plan, resumes it, and reports runs.

import {
  formatInstant,
  refusalCodes,
  remedyOf,
  UsageError,
  type App,
  type RefusalCode,
  type Run,
  type RunId,
  type Step,
} from '@rollcall/core'
import type { Command } from 'commander'
import { system } from '@rollcall/node'
import { refusalShape, resultShape } from '@rollcall/api'
import { withNextStep } from './next-step.js'
import { statusInSentence, statusLabels } from './status-label.js'
import { table, type JsonFlag } from './output.js'
import { by, type Session } from './session.js'

const noLimit = { until: Number.MAX_SAFE_INTEGER }
/** Longer than a lease lasts, so that the lease of a process that died has expired by then. */
const leaseSeconds = 150

interface RunFlags extends JsonFlag {
  readonly approve: string
  readonly accept: readonly string[]
}
type Described = Awaited<ReturnType<App['runStatus']>>

const countsInWords = ({ counts }: Described): string =>
  `${counts.applied} applied, ${counts.skipped} skipped, ${counts.failed} failed, ${counts.unknown} unknown, ${counts.notAttempted} not attempted`

const inWords = (run: Described): string =>
  [
    `Run ${run.runId} is ${statusInSentence(run.status)}: ${countsInWords(run)}.`,
    run.stopReason === null ? null : withNextStep(run.stopReason, run.remedy),
  ]
    .filter(Boolean)
    .join('\n')

function acceptedCodes(codes: readonly string[]): readonly RefusalCode[] {
  const unknownCode = codes.find((code) => !refusalCodes.some((one) => one === code))
  if (unknownCode === undefined) return codes as readonly RefusalCode[]
  throw new UsageError(`"${unknownCode}" is not a refusal code. Use one of ${refusalCodes.join(', ')}.`)
}

/** Executes until the run ends. Waits during the canary pause, and while another process holds the lease. */
async function finish(
  app: App,
  runId: RunId,
  note: Session['note'],
  onStep: (step: Step) => void,
): Promise<Run | undefined> {
  let announced: number | undefined
  for (let waited = 0; waited <= leaseSeconds;) {
    const run = await app.work(runId, noLimit, onStep)
    if (run !== undefined && run.status !== 'executing') return run
    if (run?.restUntil === undefined) {
      if (waited === 0) note('Waiting for another process that is changing this organization.')
      waited += 1
    } else if (announced !== run.restUntil) {
      announced = run.restUntil
      note(`Canary pause until ${formatInstant(announced)}, so that users can report problems with the first changes.`)
    }
    await system.wait(1000)
  }
  return undefined
}

function exitCode(run: Run | undefined, { status, counts }: Described): number {
  if (run?.haltCause === 'credentials') return 4
  if (run?.haltCause === 'unavailable') return 6
  return status !== 'finished' || counts.failed + counts.unknown > 0 ? 5 : 0
}

/** Adds the commands. */
export function runCommands(program: Command, { note, progress, show, using }: Session): void {
  program
    .command('run <plan>')
    .description('Approve a plan and execute it; repeat the command to resume')
    .requiredOption('--approve <fingerprint>', 'The fingerprint of the plan that you reviewed')
    .option(
      '--accept <code>',
      'Accept a failed safety check by its code; repeatable',
      (code: string, codes: string[]) => [...codes, code],
      [] as string[],
    )
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, planId: string, flags: RunFlags) => {
        const accepted = [...acceptedCodes(flags.accept)]
        const approved = await app.approve({ planId, fingerprint: flags.approve, accepted }, by)
        if ('refusals' in approved) {
          for (const one of approved.refusals) note(`${withNextStep(one.message, remedyOf(one))} (${one.code})`)
          show(
            flags,
            { refusals: approved.refusals.map(refusalShape) },
            () => 'Blocked by safety checks. Nothing was changed.',
          )
          return 3
        }
        const { runId } = approved.run
        const bar = progress('Changing accounts')
        const total = approved.plan.actions.length
        const run = await finish(app, runId, note, ({ position }) => bar.update(position + 1, total)).finally(() =>
          bar.stop(),
        )
        const described = await app.runStatus(runId)
        if (described.stopReason !== null) note(withNextStep(described.stopReason, described.remedy))
        show(
          flags,
          { runId, status: described.status, counts: described.counts },
          () => `Run ${runId} is ${statusInSentence(described.status)}: ${countsInWords(described)}.`,
        )
        return exitCode(run, described)
      }),
    )
  program
    .command('cancel <run>')
    .description(
      'End a run for good, in any status but its end. At most the request in flight ends; undo it afterwards',
    )
    .option('--reason <text>', 'Why; the audit log keeps it')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, named: string, { reason, ...flags }: JsonFlag & { readonly reason?: string }) => {
        const { runId, settling } = await app.cancel(named, by, reason)
        // The process that sent the open request reads it back; where that process has ended, this one does.
        if (settling === true) await app.work(runId, noLimit)
        const { status, counts } = await app.runStatus(runId)
        show(
          flags,
          { runId, status, counts },
          () => `Run ${runId} is cancelled. Undo what it changed: rollcall undo ${runId}`,
        )
      }),
    )
  program
    .command('runs')
    .description('List the newest hundred runs')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, flags: JsonFlag) => {
        const runs = await app.runs(100)
        show(flags, runs, () =>
          table(
            ['Run', 'Policy', 'Status', 'Started', 'Results'],
            runs.map((run) => [
              run.runId,
              run.policy ?? 'picked one by one',
              statusLabels[run.status],
              run.startedAt,
              countsInWords(run),
            ]),
          ),
        )
      }),
    )
  program
    .command('run-status <run>')
    .description('Show a run with every account that was not changed')
    .option('--json', 'Print JSON')
    .action(
      using(async ({ app }, runId: string, flags: JsonFlag) => {
        const run = await app.runStatus(runId)
        const steps = await app.results(runId)
        const results = steps.map(resultShape)
        const rest = results.filter(({ state }) => state !== 'applied')
        const listed = () =>
          table(
            ['Account', 'Action', 'Result', 'Reason'],
            rest.map(({ accountId, action, state, reason }) => [accountId, action, state, reason ?? '']),
          )
        show(flags, { ...run, results }, () => (rest.length === 0 ? inWords(run) : `${inWords(run)}\n\n${listed()}`))
      }),
    )
}
