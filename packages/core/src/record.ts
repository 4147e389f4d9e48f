// Recording a step: the store first for intents, the audit log first for ends, and neither twice after a crash.

import type { Plan } from './plan.js'
import type { Ports } from './ports.js'
import type { Run } from './run.js'
import type { Outcome, Step } from './step.js'

export interface StepRecorder {
  /** Writes the intent durably, in the store and the audit log, and charges the budget. */
  intent(step: Step): Promise<Step>
  put(step: Step): Promise<void>
  /** Records how a step ended. */
  end(step: Step, outcome: Outcome, reason?: string): Promise<Step>
}

/** Entries to look back over for what a killed process wrote last: one lane writes at most two per step. */
const tail = 200

/** Makes a recorder that knows what the audit log already says about the steps of a run. */
export async function stepRecorder(run: Run, plan: Plan, { store, auditLog, system }: Ports): Promise<StepRecorder> {
  const head = await auditLog.head()
  const recent = await auditLog.read(Math.max(0, (head?.index ?? 0) - tail), tail)
  const said = new Map(
    recent
      .filter(({ fact }) => fact.runId === run.runId)
      .map(({ fact }) => [`${fact.event} ${String(fact.details?.['position'])}`, fact] as const),
  )
  const tell = async (event: 'intent' | 'result', step: Step, outcome?: Outcome, reason?: string) => {
    if (said.has(`${event} ${step.position}`)) return
    await auditLog.append({
      at: system.now(),
      actor: run.approvedBy,
      event,
      runId: run.runId,
      planId: plan.planId,
      subject: step.accountId,
      action: step.action,
      ...(outcome === undefined ? {} : { outcome }),
      ...(reason === undefined ? {} : { reason }),
      details: { position: step.position, changes: step.changes },
    })
  }
  return {
    async intent(step) {
      const intended: Step = { ...step, state: 'intent', intentAt: step.intentAt ?? system.now() }
      await store.putStep(intended)
      await tell('intent', intended)
      return intended
    },
    put: (step) => store.putStep(step),
    async end(step, outcome, reason) {
      const earlier = said.get(`result ${step.position}`)
      const state = (earlier?.outcome as Outcome | undefined) ?? outcome
      const why = earlier === undefined ? reason : earlier.reason
      const ended: Step = { ...step, state, ...(why === undefined ? {} : { reason: why }) }
      await tell('result', ended, state, why)
      await store.putStep(ended)
      return ended
    },
  }
}
