// The verdict checks the whole history, after all faults have ceased and every run has ended.

import { actions, hasEnded } from '@rollcall/core'
import type { Change, Plan, Step } from '@rollcall/core'
import type { World } from './world.js'

const allowedNext: Readonly<Record<string, readonly string[]>> = {
  intent: ['intent', 'sent', 'applied', 'skipped', 'failed', 'unknown'],
  sent: ['sent', 'intent', 'applied', 'skipped', 'failed', 'unknown'],
}

/** Steps only move forward, and do not change after their end. */
function stepsGoForward({ ledger, auditor }: World): void {
  let last = new Map<string, Step>()
  for (const [index, { value }] of ledger.steps.entries()) {
    if (index === ledger.restored?.after) last = new Map(ledger.restored.steps)
    const key = `${value.runId} ${value.position}`
    const before = last.get(key)
    if (before !== undefined && hasEnded(before)) continue // the store keeps the first end
    if (before !== undefined && !(allowedNext[before.state] ?? []).includes(value.state))
      auditor.violate(`a step went from ${before.state} to ${value.state}`)
    if (before?.intentAt !== undefined && value.intentAt !== before.intentAt)
      auditor.violate(`I3: the intent of a step was written down with another time`)
    last.set(key, value)
  }
}

/** Every effect is recorded, and every recorded change really happened. */
async function recordsTellTheTruth({ ledger, auditor, truth, store }: World): Promise<void> {
  const ours = truth.done.filter(({ by, effective }) => by === 'rollcall' && effective)
  const runs = new Set(ledger.runs.map(({ value }) => value.runId))
  const steps = (await Promise.all([...runs].map((id) => store.steps(id)))).flat()
  for (const { change, at } of ours) {
    if (auditor.age.hasForgotten(at)) continue
    const mine = steps.filter(
      (step) =>
        step.accountId === change.accountId &&
        step.changes.some((one) => JSON.stringify(one) === JSON.stringify(change)),
    )
    if (
      !mine.some(
        (step) =>
          !hasEnded(step) ||
          step.state === 'applied' ||
          step.state === 'unknown' ||
          /only a part/.test(step.reason ?? ''),
      )
    )
      auditor.violate(`I4: ${change.kind} of ${change.accountId} at ${at} took effect and no record says so`)
  }
  for (const step of steps) {
    if (step.state !== 'applied') continue
    const arrived = (change: Change) => truth.done.some((one) => JSON.stringify(one.change) === JSON.stringify(change))
    if (!step.changes.some(arrived))
      auditor.violate(`I4: ${step.action} of ${step.accountId} is recorded as applied and never arrived`)
    if (step.intentAt === undefined) auditor.violate('I4: a step was applied without an intent')
  }
}

/** Every ended step has exactly one result in the log, with the same outcome. */
async function logTellsTheTruth({ ledger, auditor, store }: World): Promise<void> {
  for (const runId of new Set(ledger.runs.map(({ value }) => value.runId)))
    for (const step of await store.steps(runId)) {
      const told = ledger.facts.filter(
        ({ value }) =>
          value.event === 'result' && value.runId === runId && value.details?.['position'] === step.position,
      )
      if (hasEnded(step) && told.length === 0) auditor.violate('I4: a result is missing in the audit log')
      if (told.length > 1) auditor.violate(`I4: ${told.length} results of one step in the audit log`)
      const [first] = told
      if (first !== undefined && hasEnded(step) && first.value.outcome !== step.state)
        auditor.violate(`I4: the log says ${first.value.outcome ?? ''}, the store ${step.state}`)
    }
}

/** An undo restores the earlier state, or lists what it could not restore. */
async function undoIsExact({ ledger, auditor, truth, store }: World): Promise<void> {
  const finished = ledger.runs.filter(({ value }) => value.status === 'finished')
  for (const { value: run } of finished) {
    const plan: Plan | undefined = ledger.plans.get(run.planId)?.value
    if (plan?.source !== 'undo') continue
    for (const step of await store.steps(run.runId)) {
      const planned = plan.actions[step.position]
      const before = planned?.target.before
      if (
        step.state !== 'applied' ||
        step.reason !== undefined ||
        before === undefined ||
        actions[step.action].removesAccess
      )
        continue
      const person = truth.organization.people.get(step.accountId)
      const mine = truth.done.filter(({ change, effective }) => effective && change.accountId === step.accountId)
      // Uses the ledger's time, because the step's own may come from a wrong clock. The audit log is written first, and the
      // store perhaps only hours later, by the next process.
      const ended = ledger.facts.find(
        ({ value }) =>
          value.event === 'result' && value.runId === step.runId && value.details?.['position'] === step.position,
      )
      const at = ended?.at ?? 0
      const since = mine.filter((one) => one.at > at || (one.at > at - 60_000 && one.by !== 'rollcall'))
      if (since.length > 0 || person === undefined) continue
      const lost = before.groups.filter((id) => !person.groups.has(id))
      const gone = before.directories.filter(({ id, status }) => person.memberships.get(id) !== status)
      if (lost.length > 0 || gone.length > 0 || (before.accountStatus !== person.accountStatus && person.managed))
        auditor.violate(
          `I6: the undo of ${step.accountId} says applied, and ${[...lost, ...gone.map(({ id }) => id)].join()} did not come back`,
        )
    }
  }
}

/** Judges the whole history. */
export async function verdict(world: World): Promise<void> {
  stepsGoForward(world)
  await recordsTellTheTruth(world)
  await logTellsTheTruth(world)
  await undoIsExact(world)
  for (const write of world.ledger.fencedWrites)
    world.auditor.violate(`F14: a step was written without the lease: ${write}`)
  const verified = await world.last.app.verifyAudit()
  if (!verified.ok) world.auditor.violate(`I7: the audit log does not verify: ${verified.message}`)
}
