// The step journal: writes intents to the store first and ends to the audit log first, and nothing twice after a crash.

import type { Account } from '../model/account.js'
import { LeaseLost } from './lease.js'
import type { ExclusionCode } from '../model/exclusion.js'
import type { PersonalData } from '../model/personal-data.js'
import type { Plan } from '../model/plan.js'
import type { Ports } from '../ports.js'
import type { Run } from '../model/run.js'
import type { Outcome, Step } from '../model/step.js'
import type { AuditFact } from '../model/audit-entry.js'
import type { Lease } from '../model/lease.js'

/** Writes about one run. Every method throws `LeaseLost` instead of writing once another process has the lease. */
export interface StepJournal {
  /** Writes the intent durably, in the store and the audit log, and charges the budget; twice is once. */
  intent(step: Step, account: Pick<Account, 'name' | 'email'>): Promise<Step>
  put(step: Step): Promise<void>
  /** Logs that a step is about to be sent a second time; twice is once. */
  recordResend(step: Step): Promise<void>
  /** Ends a step whose end the audit log holds already; undefined when it does not. */
  finishFromLog(step: Step): Promise<Step | undefined>
  /** Records how a step ended. */
  end(step: Step, outcome: Outcome, reason?: string): Promise<Step>
  /** Logs how the run ended or that it pauses; once each, but every stop. */
  log(event: 'run-finished' | 'run-stopped' | 'run-rests', fact: Partial<AuditFact>): Promise<void>
}

const page = 200
/** A killed process leaves one open step, so this many of a run's newest entries hold all that it may have half logged. */
const maxFacts = 20

/** Reads the newest entries about a run, however much others have written since. */
async function readNewestFacts({ runId }: Run, { planId }: Plan, { auditLog }: Ports): Promise<readonly AuditFact[]> {
  const found: AuditFact[] = []
  for (let end = (await auditLog.head())?.index ?? 0; end > 0; end -= page) {
    const start = Math.max(0, end - page)
    const facts = (await auditLog.read(start, end - start)).map(({ fact }) => fact)
    found.push(...facts.filter((fact) => fact.runId === runId))
    const begun = facts.some((fact) => fact.event === 'approved' && fact.planId === planId)
    if (begun || found.length >= maxFacts) break
  }
  return found
}

const keyOf = ({ event, details }: Pick<AuditFact, 'event' | 'details'>): string =>
  `${event} ${String(details?.['position'])}`

/** Opens the journal with what the audit log holds about a run. `fence` renews the lease, or throws when it is lost. */
export async function stepJournal(
  run: Run,
  plan: Plan,
  ports: Ports,
  lane: Lease,
  fence: (stops?: boolean) => Promise<void>,
): Promise<StepJournal> {
  const { store, auditLog, system } = ports
  /** The statement that writes checks the lease again: a process that pauses in between writes nothing. */
  const keep = async (step: Step): Promise<void> => {
    if (!(await store.putStep(step, lane))) throw new LeaseLost()
  }
  const logged = new Map((await readNewestFacts(run, plan, ports)).map((fact) => [keyOf(fact), fact]))
  const append = async (event: string, about: Partial<AuditFact>, personal?: PersonalData): Promise<void> => {
    const ids = { runId: run.runId, planId: plan.planId }
    const fact: AuditFact = { at: system.now(), actor: run.approvedBy, event, ...ids, ...about }
    if (logged.has(keyOf(fact)) && event !== 'run-stopped') return
    await auditLog.append(fact, personal, lane)
    logged.set(keyOf(fact), fact)
  }
  const about = ({ accountId, action, position, changes, exclusion }: Step): Partial<AuditFact> => ({
    subject: accountId,
    action,
    details: exclusion === undefined ? { position, changes } : { position, changes, code: exclusion },
  })
  const loggedEnd = ({ position }: Step) => logged.get(keyOf({ event: 'result', details: { position } }))
  const end: StepJournal['end'] = async (step, outcome, reason) => {
    await fence()
    const earlier = loggedEnd(step)
    const state = (earlier?.outcome as Outcome | undefined) ?? outcome
    const why = earlier === undefined ? reason : earlier.reason
    const code = earlier === undefined ? step.exclusion : (earlier.details?.['code'] as ExclusionCode | undefined)
    const endedAt = earlier?.at ?? system.now()
    const ended: Step = { ...step, state, endedAt, exclusion: code, ...(why === undefined ? {} : { reason: why }) }
    const fact = { ...about(ended), outcome: state }
    await append('result', why === undefined ? fact : { ...fact, reason: why })
    await keep(ended)
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
      return outcome === undefined ? undefined : end(step, outcome)
    },
    async intent(step, { name, email }) {
      await fence()
      const intended: Step = { ...step, state: 'intent', intentAt: step.intentAt ?? system.now() }
      await keep(intended)
      await append('intent', about(intended), { name, email })
      return intended
    },
    async put(step) {
      await fence()
      await keep(step)
    },
    async log(event, fact) {
      await fence(event === 'run-stopped')
      await append(event, fact)
    },
  }
}
