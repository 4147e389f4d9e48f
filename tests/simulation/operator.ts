// The operator: a person who intervenes in runs at every moment, also in a canary pause and while a request waits. Two of
// them may do so at once.

import type { Plan, Run } from '@rollcall/core'
import { acceptableCodes, hour, second } from '@rollcall/core'
import { onlyGives } from './auditor.js'
import { ask, judgeLogged, judgeStop } from './controls.js'
import type { FaultName } from './faults.js'
import { owed } from './owed.js'
import { Process } from './process.js'
import { keptGroup } from './truth.js'
import { attempt, advanceRun, changePolicy, enable } from './work.js'
import type { World } from './world.js'

/** What an operator has in front of them: a run that executes, or executed a moment ago, and its plan. */
interface Desk {
  readonly process: Process
  readonly run: Run
  readonly plan: Plan
}
type Deed = (desk: Desk) => Promise<unknown>

/** The runs that execute and take access, for which a stop counts. */
function taking({ ledger }: World): readonly Run[] {
  const latest = new Map(ledger.runs.map(({ value }) => [value.runId, value]))
  return [...latest.values()].filter((run) => {
    const plan = ledger.plans.get(run.planId)?.value
    return run.status === 'executing' && plan !== undefined && !onlyGives(plan)
  })
}

async function stop({ process }: Desk): Promise<void> {
  const { app, name } = process
  const world = process.world as World
  const concerned = taking(world)
  const asked = await ask(process, 'stop', () => app.stop(name), 'at once')
  judgeStop(process, 'stop', asked, concerned)
  judgeLogged(process, 'stop', asked, ({ event, actor }) => event === 'stopped' && actor === name)
  await world.scheduler.sleep(world.fate.between(second, 3 * hour), process)
  await ask(process, 'resume', () => app.resume(name))
}

async function cancel({ process, run }: Desk): Promise<void> {
  const { app, name, world } = process
  const before = world.ledger.latestRun(run.runId)
  const asked = await ask(process, 'cancel', () => app.cancel(run.runId, name), 'at once')
  const over = asked.runs.some((one) => one.runId === run.runId && one.status === 'finished')
  const ended = over || before === undefined || ['finished', 'discarded'].includes(before.status)
  if (ended && asked.answer.kind === 'refused') return
  judgeStop(process, 'cancel', asked, before?.status === 'executing' && !over ? [run] : [])
  // Somebody else may have cancelled it at the same moment; then theirs is the entry.
  if (asked.answer.kind !== 'done' || asked.answer.value.cancelledBy !== name) return
  judgeLogged(process, 'cancel', asked, (one) => one.event === 'run-cancelled' && one.runId === run.runId)
}

async function disable({ process }: Desk): Promise<void> {
  const { app, name, world } = process
  if (!world.ledger.policies.has('Nightly')) return
  const of = ({ runId }: Run) => world.ledger.planOf(runId)?.source === 'policy'
  const concerned = taking(world as World).filter(of)
  const enabled = world.ledger.policies.get('Nightly')?.stored.enabled === true
  const asked = await ask(process, 'disable', () => app.disablePolicy('Nightly', name), 'at once')
  judgeStop(process, 'disable', asked, concerned)
  if (enabled) judgeLogged(process, 'disable', asked, ({ event }) => event === 'policy-disabled')
}

/** Changes a limit; another admin may change another one at the same time. */
async function limits({ process }: Desk): Promise<void> {
  const { app, name, world } = process
  const { fate, ledger } = world
  const [what, value] = fate.pick([
    ['reading', fate.between(30, 60)],
    ['veto', fate.between(31, 60)],
    ['anomaly', fate.between(6, 9)],
    ['percent', fate.between(3, 20)],
  ] as const)
  const before = taking(world as World)
  const asked = await ask(process, 'limits', () => app.setLimits({ [what]: value }, name), 'at once')
  const old = ({ planId }: Run) => ledger.stoodOn.get(planId)?.limits !== ledger.grounds.limits.last
  judgeStop(process, 'limits', asked, before.filter(old))
  judgeLogged(process, 'limits', asked, ({ event, details }) => event === 'limits-changed' && details?.[what] === value)
}

/** Undoes a run, whatever its state. */
async function undo({ process, run }: Desk): Promise<void> {
  const { app, name } = process
  const world = process.world as World
  const { ledger, auditor } = world
  const lacking = owed(world, run.runId)
  const executing = ledger.latestRun(run.runId)?.status === 'executing'
  const asked = await ask(process, 'undo', () => app.planUndo(run.runId, name), 'patient')
  const still = lacking.filter((change) => owed(world, run.runId).includes(change))
  if (asked.answer.kind === 'refused' && still.length > 0)
    auditor.violate(`I11: the undo of ${run.runId} was refused: ${asked.answer.why}`)
  if (asked.answer.kind !== 'done') return
  if (executing && ledger.latestRun(run.runId)?.status === 'executing')
    auditor.violate(`I11: run ${run.runId} still executes though its undo is planned`)
  const { plan } = asked.answer.value
  auditor.undoPlanned(plan, still)
  const wanted = { planId: plan.planId, fingerprint: plan.fingerprint, accepted: [] }
  const approved = await ask(process, 'approve the undo', () => app.approve(wanted, name))
  if (approved.answer.kind !== 'done') return
  const { value } = approved.answer
  if ('refusals' in value) {
    const codes = value.refusals.map(({ code }) => code)
    const fair = ['database-older', 'wrong-organization']
    // A plan that a wrong clock has dated expires at once; the next one does not.
    if (world.bites['F15 clock off'] + world.bites['F15 clock stepped'] > 0) fair.push('plan-expired')
    const unfair = codes.filter((code) => !fair.includes(code))
    if (unfair.length > 0 && onlyGives(plan)) auditor.violate(`I11: the undo was refused: ${unfair.join(', ')}`)
    return
  }
  world.undoing = true
  await attempt(process, () => advanceRun(process, value.run.runId)).finally(() => (world.undoing = false))
}

/** A person gives back one half of what a step took, and then undoes the run. */
async function restorePart(desk: Desk): Promise<void> {
  const { process, run } = desk
  const world = process.world as World
  const step = [...world.ledger.latest.values()].find(
    (one) => one.runId === run.runId && one.state === 'applied' && one.changes.length > 1,
  )
  const first = step?.changes[0]
  if (first === undefined || !world.giveBack(first)) return
  world.bites['F28 restored by hand in part'] += 1
  await world.scheduler.sleep(world.fate.between(second, hour), process)
  if (world.fate.chance(0.5)) await attempt(process, () => process.app.sync(process.name))
  await undo(desk)
}

/** A person gives back at Atlassian all that a run has taken so far, as in a canary pause in which people complain. */
async function restoreAll({ process, run }: Desk): Promise<void> {
  const world = process.world as World
  for (const change of owed(world, run.runId)) world.giveBack(change)
}

async function giveBack({ process, run }: Desk): Promise<void> {
  const { app, name } = process
  const world = process.world as World
  const change = owed(world, run.runId)[0]
  if (change === undefined) return
  const wanted = { runId: run.runId, accounts: [change.accountId] }
  const asked = await ask(process, 'give back', () => app.planGiveBack(wanted, name), 'patient')
  if (asked.answer.kind === 'refused') {
    if (owed(world, run.runId).includes(change))
      world.auditor.violate(`I11: giving back to ${change.accountId} was refused: ${asked.answer.why}`)
    return
  }
  if (asked.answer.kind !== 'done') return
  const { plan } = asked.answer.value
  if (plan.actions.some(({ accountId }) => accountId !== change.accountId))
    world.auditor.violate('I12: giving back to one account plans another one')
  const { planId, fingerprint } = plan
  const approved = await ask(process, 'approve', () => app.approve({ planId, fingerprint, accepted: [] }, name))
  if (approved.answer.kind !== 'done' || !('run' in approved.answer.value)) return
  const { runId } = approved.answer.value.run
  await attempt(process, () => advanceRun(process, runId))
}

/** Two admins approve, or one approves and the other one discards or cancels, at the same moment. */
async function decide({ process }: Desk): Promise<void> {
  const world = process.world as World
  const { fate, store, bites } = world
  const runs = [...(await store.runsWith('awaiting-approval')), ...(await store.runsWith('quarantined'))]
  const open = (await store.plans(4)).filter((one) => one.source !== 'undo' || runs.length === 0)
  const plan = runs.length > 0 && fate.chance(0.7) ? await store.plan(fate.pick(runs).planId) : open[0]
  if (plan === undefined) return
  const other = new Process(world, `${process.name}-other`)
  const { planId, fingerprint } = plan
  const approve = async (one: Process) => {
    const request = { planId, fingerprint, accepted: [...acceptableCodes] }
    const asked = await ask(one, 'approve', () => one.app.approve(request, one.name))
    if (asked.answer.kind === 'done' && 'run' in asked.answer.value) {
      const { run } = asked.answer.value
      if (run.planId !== planId)
        world.auditor.violate('I12: the approval of a plan answered with the run of another one')
      if (!world.ledger.allFacts.some(({ value }) => value.event === 'approved' && value.planId === planId))
        world.auditor.violate(`I12: an approval was answered and is not in the audit log`)
      await attempt(one, () => advanceRun(one, run.runId))
    } else if (asked.answer.kind !== 'failed') {
      const own = asked.facts.filter((fact) => fact.planId === planId && fact.actor === one.name)
      if (own.at(-1)?.event === 'approved')
        world.auditor.violate('I12: the log says approved, and the answer says refused')
    }
  }
  const discard = async (one: Process) => {
    const asked = await ask(one, 'discard', () => one.app.discard(planId, one.name))
    const known = asked.runs.findLast((run) => run.planId === planId)?.status ?? world.ledger.runOf(planId)?.status
    if (asked.answer.kind === 'done' && known !== 'discarded')
      world.auditor.violate(`I12: a discard was answered, and the run is ${known ?? 'absent'}`)
    if (
      asked.answer.kind === 'refused' &&
      asked.facts.some((fact) => fact.event === 'discarded' && fact.actor === one.name)
    )
      world.auditor.violate('I12: the log says discarded, and the answer says refused')
  }
  const [here, there] = fate.pick([
    [approve, approve],
    [approve, discard],
    [discard, approve],
    [discard, discard],
  ] as const)
  if (here === approve && there === approve) bites['F28 approved twice at once'] += 1
  else if (here !== there) bites['F28 discarded while it was approved'] += 1
  await Promise.all([here(process), there(other)])
}

/** Leaves an account out of a plan that waits; the new plan never touches it. */
async function exclude({ process }: Desk): Promise<void> {
  const { app, name } = process
  const world = process.world as World
  const [plan] = (await world.store.plans(4)).filter(({ actions, source }) => actions.length > 1 && source !== 'undo')
  const account = plan?.actions[0]?.accountId
  if (plan === undefined || account === undefined) return
  const asked = await ask(process, 'exclude', () => app.exclude(plan.planId, { accounts: [account] }, name))
  if (asked.answer.kind !== 'done') return
  world.bites['F28 left an account out'] += 1
  const { plan: narrowed } = asked.answer.value
  if (narrowed.actions.some(({ accountId }) => accountId === account))
    world.auditor.violate(`I12: ${account} was left out, and is in the new plan`)
  if (asked.runs.findLast((run) => run.planId === plan.planId)?.status !== 'discarded')
    world.auditor.violate('I12: an account was left out, and the old plan is not discarded')
  const { planId, fingerprint } = narrowed
  const approved = await ask(process, 'approve', () => app.approve({ planId, fingerprint, accepted: [] }, name))
  if (approved.answer.kind !== 'done' || !('run' in approved.answer.value)) return
  const { runId } = approved.answer.value.run
  await attempt(process, () => advanceRun(process, runId))
}

/** Wrong ids, names and values: each is refused, and changes nothing. */
async function mistype({ process, plan }: Desk): Promise<void> {
  const { app, name, world } = process
  const typos: Readonly<Record<string, () => Promise<unknown>>> = {
    cancel: () => app.cancel('run-nope', name),
    discard: () => app.discard('plan-nope', name),
    undo: () => app.planUndo('run-nope', name),
    exclude: () => app.exclude(plan.planId, { accounts: ['nobody-1'] }, name),
    limits: () => app.setLimits({ accounts: -5 }, name),
    protectAddress: () => app.protect({ subject: 'email:acme.example', reason: 'typo' }, name),
    protectNobody: () => app.protect({ subject: 'email:quiet0@acme.example', reason: 'typo' }, name),
    protectAccount: () => app.protect({ subject: 'quiet-99', reason: 'typo' }, name),
    protectGroup: () => app.protect({ subject: 'group:contractors-kept', reason: 'typo' }, name),
    policy: () => app.disablePolicy('Nightlly', name),
  }
  const which = world.fate.pick(Object.keys(typos))
  const asked = await ask(process, `mistyped ${which}`, typos[which] as () => Promise<unknown>)
  world.bites['F28 mistyped'] += 1
  if (asked.answer.kind === 'done' && (await world.store.snapshots(1)).length > 0)
    world.auditor.violate(`I12: a mistyped ${which} was accepted`)
}

/** Protects a group and renames it, or edits protections of planned accounts. */
async function editProtections({ process, plan }: Desk): Promise<void> {
  const { app, name, world } = process
  const { fate, truth, ledger } = world
  const id = plan.actions.length > 0 ? fate.pick(plan.actions).accountId : fate.pick(truth.quiet)
  const subject = fate.pick([id, `email:${id}@acme.example`, `group:${keptGroup}`])
  world.bites['F28 protections edited'] += 1
  if (ledger.protections.has(subject) && fate.chance(0.3))
    await ask(process, 'unprotect', () => app.unprotect(subject, name))
  else {
    const asked = await ask(process, 'protect', () => app.protect({ subject, reason: 'leave' }, name), 'at once')
    if (asked.answer.kind !== 'done') return
    judgeLogged(process, 'protect', asked, ({ event }) => event === 'protected')
    const listed = (await world.store.protections()).map((one) => one.subject)
    if (!listed.includes(subject) && ledger.protections.has(subject))
      world.auditor.violate(`I12: ${subject} was answered to be protected, and is not on the list`)
  }
}

async function rename({ process }: Desk): Promise<void> {
  const { truth, bites, fate } = process.world
  const groups = truth.organization.groups.map((one) =>
    one.id === `group-${keptGroup}` && one.name === keptGroup
      ? { ...one, name: `${keptGroup}-${fate.between(1, 9)}` }
      : one,
  )
  Object.assign(truth.organization, { groups })
  bites['F28 renamed a group'] += 1
}

const deeds: Readonly<Record<string, readonly [weight: number, deed: Deed, counts?: FaultName]>> = {
  stop: [3, stop, 'F28 stopped'],
  cancel: [3, cancel, 'F28 cancelled'],
  disable: [2, disable, 'F28 disabled'],
  limits: [2, limits, 'F28 limits lowered'],
  undo: [4, undo, 'F28 undone in mid-run'],
  restorePart: [2, restorePart],
  restoreAll: [1, restoreAll],
  giveBack: [2, giveBack, 'F28 gave back to one account'],
  decide: [3, decide],
  exclude: [2, exclude],
  mistype: [2, mistype],
  editProtections: [2, editProtections],
  rename: [1, rename],
  policy: [
    1,
    async ({ process }) => {
      await attempt(process, () => changePolicy(process))
      if (process.world.fate.chance(0.5)) await attempt(process, () => enable(process))
    },
  ],
}
const bag = Object.entries(deeds).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name))

export const operatorDeeds: readonly string[] = Object.keys(deeds)

/** True if a world's focus is on something that operators do. */
export const isDeed = (focus: string | undefined): boolean => focus !== undefined && focus in deeds

/** One or two operators do something about a run. */
export async function intervene(world: World, runId: string): Promise<void> {
  const { fate, ledger, bites, scheduler } = world
  if (scheduler.now > world.until) return
  const run = ledger.latestRun(runId)
  const plan = run === undefined ? undefined : ledger.plans.get(run.planId)?.value
  if (run === undefined || plan === undefined || (await world.store.run(run.runId)) === undefined) return
  const act = async (): Promise<void> => {
    const process = new Process(world, `operator-${(world.operators += 1)}`)
    const name = world.focused(fate.pick(bag), Object.keys(deeds))
    const [, deed, counts] = deeds[name] as readonly [number, Deed, FaultName?]
    if (counts !== undefined) bites[counts] += 1
    if (run.restUntil !== undefined) bites['F28 acted during a canary pause'] += 1
    world.note(`${process.name} ${name} ${runId}`)
    await attempt(process, () => deed({ process, run, plan }))
    process.end()
  }
  if (!fate.chance(0.35)) return act()
  bites['F29 two admins at once'] += 1
  await Promise.all([act(), act()])
}
