// The step journal: writes an intent to the store first and a result to the audit log first, and nothing twice after a crash.

import { chainedReason } from '../audit/chained-reason.js'
import type { Account } from '../model/account.js'
import { canonicalJson } from '../model/canonical-json.js'
import { LeaseLost } from './lease.js'
import type { ExclusionCode } from '../model/exclusion.js'
import type { PersonalData } from '../model/personal-data.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import type { EndedStep, IntendedStep, OpenStep, Outcome, PlannedStep, SentStep, Step } from '../model/step.js'
import type { AuditFact, RecordedFact } from '../model/audit-entry.js'
import type { AuditEvent } from '../model/audit-event.js'
import type { Lease } from '../model/lease.js'

/** How a step ends, and why. */
export interface StepEnding extends Pick<EndedStep, 'reason' | 'trouble' | 'exclusion'> {
  readonly outcome: Outcome
}

/** The journal of one run. Every method throws `LeaseLost` and writes nothing once another process holds the lease. */
export interface StepJournal {
  /** Writes the intent to the store and the audit log, and charges the weekly budget. A repeated call changes nothing, unless the requests of the step have changed: then the log gets the new ones. */
  intent(step: PlannedStep | IntendedStep, account: Pick<Account, 'name' | 'email'>): Promise<IntendedStep>
  put(step: Step): Promise<void>
  /** Logs that Rollcall is about to send a step a second time. A repeated call changes nothing. */
  recordResend(step: SentStep): Promise<void>
  /** Ends a step whose result is already in the audit log; undefined when it is not. */
  finishFromLog(step: OpenStep): Promise<EndedStep | undefined>
  /** Ends a step: logs its result, then stores it. */
  end(step: OpenStep, ending: StepEnding): Promise<EndedStep>
  /** Logs that the run finished, stopped or pauses: once each, except every stop. */
  log(event: 'run-finished' | 'run-stopped' | 'run-rests', fact: Partial<AuditFact>): Promise<void>
}

const page = 200
/** A killed process leaves one open step, so this many of a run's newest entries contain all entries of that step. */
const maxFacts = 20

/** Reads the newest entries about a run, however much others have written since. */
async function readNewestFacts(
  { runId }: Run,
  { planId }: Plan,
  { auditLog }: Ports,
): Promise<readonly RecordedFact[]> {
  const found: RecordedFact[] = []
  for (let end = (await auditLog.head())?.index ?? 0; end > 0; end -= page) {
    const start = Math.max(0, end - page)
    const facts = (await auditLog.read(start, end - start)).map(({ fact }) => fact)
    found.push(...facts.filter((fact) => fact.runId === runId))
    const begun = facts.some((fact) => fact.event === 'approved' && fact.planId === planId)
    if (begun || found.length >= maxFacts) break
  }
  return found
}

/** One entry of each kind for a position. An intent whose requests have changed since is another intent. */
function keyOf({ event, details }: Pick<RecordedFact, 'event' | 'details'>): string {
  const key = `${event} ${String(details?.['position'])}`
  return event === 'intent' ? `${key} ${canonicalJson(details?.['changes'])}` : key
}

/** Opens the journal of a run with its newest audit entries. `fence` renews the lease, or throws `LeaseLost`. */
export async function stepJournal(
  run: Run,
  plan: Plan,
  ports: Ports,
  lease: Lease,
  fence: (stops?: boolean) => Promise<void>,
): Promise<StepJournal> {
  const { store, auditLog, system } = ports
  /** The statement that writes also checks the lease: a process that slept in between writes nothing. */
  const save = async (step: Step): Promise<void> => {
    if (!(await store.putStep(step, lease))) throw new LeaseLost()
  }
  const logged = new Map<string, RecordedFact>(
    (await readNewestFacts(run, plan, ports)).map((fact) => [keyOf(fact), fact]),
  )
  const append = async (event: AuditEvent, about: Partial<AuditFact>, personal?: PersonalData): Promise<void> => {
    const ids = { runId: run.runId, planId: plan.planId }
    const fact: AuditFact = { at: system.now(), actor: run.approvedBy, event, ...ids, ...about }
    if (logged.has(keyOf(fact)) && event !== 'run-stopped') return
    // What people typed stays as it is; the reason of a result is written by Rollcall or Atlassian.
    await auditLog.append(...chainedReason(fact, personal), lease)
    logged.set(keyOf(fact), fact)
  }
  const about = ({ accountId, action, position, changes, exclusion }: OpenStep | Step): Partial<AuditFact> => ({
    subject: accountId,
    action,
    details: exclusion === undefined ? { position, changes } : { position, changes, code: exclusion },
  })
  const loggedEnd = ({ position }: OpenStep) => logged.get(keyOf({ event: 'result', details: { position } }))
  /** A logged result wins: a process may have been interrupted between the log and the store. */
  const asLogged = ({ outcome, reason, details }: RecordedFact, ending: StepEnding): StepEnding => ({
    outcome: (outcome as Outcome | undefined) ?? ending.outcome,
    reason,
    trouble: ending.trouble,
    exclusion: details?.['code'] as ExclusionCode | undefined,
  })
  const end: StepJournal['end'] = async (step, ending) => {
    await fence()
    const earlier = loggedEnd(step)
    const { outcome, reason, ...why } = earlier === undefined ? ending : asLogged(earlier, ending)
    const endedAt = earlier?.at ?? system.now()
    const ended: EndedStep = { ...step, ...why, reason, state: outcome, endedAt }
    const fact = { ...about(ended), outcome }
    await append('result', reason === undefined ? fact : { ...fact, reason })
    await save(ended)
    return ended
  }
  return {
    end,
    async recordResend(step) {
      await fence()
      const { position, changes, attempts } = step
      await append('resent', { ...about(step), details: { position, changes, attempt: attempts + 1 } })
    },
    async finishFromLog(step) {
      const outcome = loggedEnd(step)?.outcome as Outcome | undefined
      return outcome === undefined ? undefined : end(step, { outcome })
    },
    async intent(step, { name, email }) {
      await fence()
      const intentAt = step.state === 'intent' ? step.intentAt : system.now()
      const intended: IntendedStep = { ...step, state: 'intent', intentAt }
      await save(intended)
      await append('intent', about(intended), { name, email })
      return intended
    },
    async put(step) {
      await fence()
      await save(step)
    },
    async log(event, fact) {
      await fence(event === 'run-stopped')
      await append(event, fact)
    },
  }
}
