// One life: an operator syncs, makes a plan, approves it, runs it and undoes it over HTTP, while the server is killed at
// given points. Then the operator does what an admin would: starts the server again and repeats the request.

import { judge, type Ended } from './judge.js'
import type { Fate, Passing } from './proxy.js'
import { openStage, type Armed, type Stage } from './stage.js'
import { ServerGone } from './server.js'
import { firesAfter, type Action, type Template } from './template.js'

const phases = ['start', 'sync', 'plan', 'run', 'undo', 'schedule'] as const
export type Phase = (typeof phases)[number]
/** A kill in a phase. After a kill, the next one of the same phase counts from the restart. */
export interface Kill extends Armed {
  readonly phase: Phase
}
export interface Script {
  readonly action: Action
  readonly kills: readonly Kill[]
  /** Whether the operator turns the stop switch on in the middle of the run, and off again. */
  readonly stops?: boolean
  readonly realWaits?: boolean
  /** Whether the operator syncs although no kill happens in that phase: the database already has a snapshot. */
  readonly syncs?: boolean
  /** The network fault of every fourth request of the sync and of the first change of the run. */
  readonly fate?: Fate
}
export interface Life {
  readonly violations: readonly string[]
  readonly struck: readonly Kill[]
  /** How many of the kills did not happen because their phase ended before. */
  readonly missed: number
  readonly unknown: number
  /** The result of each account in the run. */
  readonly results: Ended['results']
  readonly effects: Stage['effects']
  /** Every request that may change something, as it arrived. */
  readonly sent: Stage['sent']
  /** How often each fate occurred. */
  readonly fates: ReadonlyMap<string, number>
  /** What each phase did; exact only without kills. */
  readonly sizes: Readonly<Record<string, Size>>
}
/** The number of writing statements, of audit entries among them, of requests, and of changes among those. */
export interface Size {
  readonly writes: number
  readonly entries: number
  readonly requests: number
  readonly changes: number
}

interface PlanBody {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: readonly { readonly accountId: string }[]
  readonly refusals: readonly { readonly code: string }[]
}
interface RunBody {
  readonly runId: string
  readonly planId: string
  readonly status: string
  readonly policy: string | null
  readonly stopReason: string | null
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 4))
/** Nothing may take longer than this in real time (I9). */
const patience = 60_000

/** Works with a server that may be killed at any moment. */
function operator(stage: Stage, script: Script) {
  const waiting = [...script.kills]
  let phase: Phase = 'start'
  const sizes: Record<string, Size> = {}

  const next = (): Armed | undefined => {
    if (waiting[0]?.phase !== phase) return undefined
    return waiting.shift()
  }
  /** Starts the server until it stays up; a kill may happen during the start. */
  async function revive(): Promise<void> {
    const deadline = Date.now() + patience
    while (!stage.alive()) {
      if (Date.now() > deadline) throw new Error('The server does not stay up.')
      await stage.arm(next(), true)
    }
  }
  /** Repeats a request until the server responds. */
  async function ask<Body>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
    for (;;) {
      await revive()
      try {
        return await stage.call(method, path, body)
      } catch (failure) {
        if (!(failure instanceof ServerGone)) throw failure
      }
    }
  }
  async function must<Body>(method: string, path: string, body: unknown = {}): Promise<Body> {
    const response = await ask<Body>(method, path, method === 'GET' ? undefined : body)
    if (response.status < 300) return response.body
    throw new Error(`${method} ${path} returned ${response.status}: ${JSON.stringify(response.body)}`)
  }
  return {
    ask,
    must,
    revive,
    sizes,
    async enter(to: Phase, atStart = false): Promise<void> {
      phase = to
      stage.enter(to)
      if (atStart) return revive()
      await stage.arm(next()).catch((failure: unknown) => {
        if (!(failure instanceof ServerGone)) throw failure
      })
    },
    /** Ends the phase, notes its sizes, and returns how many of its kills did not happen. */
    async leave(): Promise<number> {
      const { requests, changes } = stage.proxy.passed()
      const written = await stage.written().catch(() => ({ writes: 0, entries: 0 }))
      sizes[phase] = { ...written, requests, changes }
      let missed = 0
      while (waiting[0]?.phase === phase) {
        waiting.shift()
        missed += 1
      }
      await stage.arm(undefined).catch(() => undefined)
      return missed
    },
    /** Waits until a run has ended, through all kills of the server. */
    async ended(runId: string): Promise<RunBody> {
      const deadline = Date.now() + patience
      for (;;) {
        const run = await must<RunBody>('GET', `/api/runs/${runId}`)
        if (run.status !== 'executing') return run
        if (Date.now() > deadline) throw new Error(`Run ${runId} does not end.`)
        await pause()
      }
    },
  }
}
type Operator = ReturnType<typeof operator>

async function makePlan({ must }: Operator, path: string, request: unknown): Promise<PlanBody> {
  const plan = await must<PlanBody>('POST', path, request)
  if (plan.refusals.length === 0) return plan
  throw new Error(`The plan is refused: ${plan.refusals.map(({ code }) => code).join()}`)
}

/** Waits for the end of a run, and approves it again when the breaker halted it. */
async function waitForEnd(person: Operator, { planId, fingerprint }: PlanBody, runId: string): Promise<RunBody> {
  for (;;) {
    const run = await person.ended(runId)
    if (run.status !== 'stopped' || !(run.stopReason ?? '').includes('the run stops at')) return run
    await person.must('POST', `/api/plans/${planId}/approval`, { fingerprint })
  }
}

/** Approves a plan and waits for the end of its run, and approves it again after the stop switch halted it. */
async function execute(person: Operator, stage: Stage, plan: PlanBody, stops: boolean): Promise<RunBody> {
  const { planId, fingerprint } = plan
  const approve = () => person.must<RunBody>('POST', `/api/plans/${planId}/approval`, { fingerprint })
  const { runId } = await approve()
  if (stops) {
    await person.must('POST', '/api/stop')
    const halted = await person.ended(runId)
    const before = stage.effects.length
    await person.must('GET', '/api/overview')
    if (stage.effects.length !== before) throw new Error('Something was changed while the stop switch was on.')
    await person.must('POST', '/api/resume')
    if (halted.status === 'stopped') await approve()
  }
  return waitForEnd(person, plan, runId)
}

async function scheduled(person: Operator, stage: Stage): Promise<{ run: RunBody; plan: PlanBody }> {
  await stage.jump(firesAfter)
  await person.enter('schedule', true)
  const deadline = Date.now() + patience
  for (;;) {
    const run = (await person.must<RunBody[]>('GET', '/api/runs')).find(({ policy }) => policy === 'nightly')
    if (run !== undefined) {
      const plan = await person.must<PlanBody>('GET', `/api/plans/${run.planId}`)
      return { run: await waitForEnd(person, plan, run.runId), plan }
    }
    if (Date.now() > deadline) throw new Error('The schedule does not fire.')
    await pause()
  }
}

/** The last account of the plan with any access becomes active after planning, so the run must exclude it. */
async function becomesActive({ control, organization }: Stage, { actions }: PlanBody): Promise<void> {
  const able = ({ accountId }: { readonly accountId: string }) => {
    const account = organization.byId.get(accountId)
    return [...(account?.groups ?? [])].some((id) => (organization.groups.get(id)?.grants.length ?? 0) > 0)
  }
  const returned = actions.findLast(able)
  if (returned !== undefined) await control(`accounts/${returned.accountId}/activity`, {})
}

async function play(person: Operator, stage: Stage, script: Script): Promise<{ ended: Ended; missed: number }> {
  const { action } = script
  let missed = 0
  await person.enter('start', true)
  missed += await person.leave()
  const before = stage.simulator.organization.accounts.map(({ accountId }) => accountId)
  const dump = (await stage.control('accounts'))['accounts'] as Ended['before']
  let run: RunBody
  let plan: PlanBody
  if (script.kills.some(({ phase }) => phase === 'schedule')) {
    ;({ run, plan } = await scheduled(person, stage))
    missed += await person.leave()
  } else {
    if (script.syncs === true || script.fate !== undefined || script.kills.some(({ phase }) => phase === 'sync')) {
      await person.enter('sync')
      const synced = await person.must<{ accounts: number; complete: boolean }>('POST', '/api/sync')
      if (synced.accounts !== before.length || !synced.complete) throw new Error('The snapshot is not complete.')
      missed += await person.leave()
    }
    await person.enter('plan')
    plan = await makePlan(person, '/api/plans', { policy: action })
    missed += await person.leave()
    await becomesActive(stage, plan)
    await person.enter('run')
    run = await execute(person, stage, plan, script.stops === true)
    missed += await person.leave()
  }
  const results = await person.must<Ended['results']>('GET', `/api/runs/${run.runId}/results`)
  await person.enter('undo')
  const undo = await makePlan(person, `/api/runs/${run.runId}/undo`, {})
  const undone = await execute(person, stage, undo, false)
  missed += await person.leave()
  const undoResults = await person.must<Ended['results']>('GET', `/api/runs/${undone.runId}/results`)
  for (const path of ['/', '/api/overview', '/api/accounts?limit=1000', '/api/audit?limit=1000', '/api/policies'])
    await person.ask('GET', path)
  const verification = await person.must<{ ok: boolean; message?: string }>('GET', '/api/audit/verification')
  return { missed, ended: { before: dump, plan, run, results, undo, undone, undoResults, verification } }
}

/** A bad network: it affects some reads, so that a second try succeeds, and one change. */
function badNetwork(stage: Stage, fate: Fate) {
  return ({ number, change, changeNumber }: Passing): Fate | undefined => {
    if (stage.phase() === 'sync') return number % 4 === 0 ? fate : undefined
    return stage.phase() === 'run' && change && changeNumber === 1 ? fate : undefined
  }
}

/** Plays a script, and judges its effects. */
export async function live(program: string, template: Template, script: Script): Promise<Life> {
  const env = script.fate === undefined ? {} : { ROLLCALL_REQUEST_TIMEOUT: '400' }
  const stage = await openStage({ program, template: template.folder, realWaits: script.realWaits === true, env })
  if (script.fate !== undefined) stage.useFates(badNetwork(stage, script.fate))
  const person = operator(stage, script)
  let missed = 0
  const violations: string[] = []
  let results: Ended['results'] = []
  try {
    const lived = await play(person, stage, script)
    missed = lived.missed
    results = lived.ended.results
    await stage.stop()
    violations.push(...(await judge(stage, template, lived.ended)))
  } catch (failure) {
    violations.push(`I9: ${failure instanceof Error ? failure.message : String(failure)}`)
  } finally {
    await stage.close()
  }
  return {
    violations,
    missed,
    results,
    sizes: person.sizes,
    struck: stage.struck as Kill[],
    unknown: results.filter(({ state }) => state === 'unknown').length,
    effects: stage.effects,
    sent: stage.sent,
    fates: stage.proxy.counts,
  }
}
