// One seed: a world runs for a while with faults. Then the faults cease, every run continues to its end, and the auditor
// judges. The same seed makes the same world, the same moments and the same trace.

import { day, hour, minute, second } from '@rollcall/core'
import { adminDeeds, workAsAdmin } from './admins.js'
import { ask } from './controls.js'
import { degradations, degrade, kinds } from './degradations.js'
import { columns, nullable } from './degraded.js'
import type { Bites } from './faults.js'
import { compareFigures } from './figures.js'
import { owed } from './owed.js'
import { livePeople, peopleDeeds } from './people.js'
import { Process } from './process.js'
import { reconcile, restoreBackup } from './recovery.js'
import { calm } from './weather.js'
import { verdict } from './verdict.js'
import { attempt, changePolicy, enable, preview, run, takeRoll, advanceRun } from './work.js'
import { intervene, isDeed, operatorDeeds } from './operator.js'
import { World } from './world.js'
import type { Tally } from './world-state.js'

export interface Outcome {
  readonly seed: number
  readonly violations: readonly string[]
  readonly bites: Bites
  readonly tally: Tally
  readonly traceHash: string
  readonly trace: readonly string[]
}

/** Until the schedule fires, as a rule, or however long. */
function nap({ random, scheduler, lastOccurrence }: World): number {
  if (random.chance(0.3)) return random.between(minute, 20 * hour)
  return lastOccurrence(scheduler.now) + day - scheduler.now + random.between(0, 70 * minute)
}

/** A server: fires due schedules, works on executing runs, and sleeps. When it dies, another one starts. */
async function serve(world: World, name: string, until: number): Promise<void> {
  const { random, scheduler } = world
  let process = new Process(world, `${name}-0`)
  for (let life = 1; scheduler.now < until; life += 1) {
    if (!process.alive) {
      await scheduler.sleep(random.between(second, 10 * minute))
      process = new Process(world, `${name}-${life}`)
    }
    const server = process
    if (world.working.size > 0) world.bites['F13 two workers at once'] += 1
    await attempt(server, async () => {
      world.auditor.syncBegins(server)
      if (world.ledger.policies.get('Nightly')?.stored.enabled === true && scheduler.now - world.lookedAt > day)
        world.bites['F16 schedule missed'] += 1
      world.lookedAt = scheduler.now
      await server.app.fireDue('worker')
    })
    if (server.alive)
      await attempt(server, async () => {
        for (const { runId } of await server.app.executing()) await advanceRun(server, runId)
      })
    const soon = (await world.store.runsWith('executing')).length > 0
    await scheduler.sleep(soon ? random.between(second, 40 * minute) : nap(world))
  }
}

const troubles = ['limited', 'failing', 'lostAfter', 'lostBefore', 'strange', 'conflict', 'slow'] as const
const windows = [
  'otherOrganization',
  'oldDates',
  'pageLost',
  'cursorRepeated',
  'store',
  'list',
  'log',
  'keyRefused',
] as const

/** How likely is what a world focuses on. */
const often = {
  deaths: 0.01,
  pauses: 0.001,
  clockTrouble: 0.2,
  quickRestorer: 0.3,
  waker: 0.5,
  stopper: 0.2,
  keyRevoker: 0.2,
} as const

/** The constant faults of this seed. */
function drawTrouble(world: World): void {
  const { random, weather } = world
  for (let n = random.between(0, 3); n > 0; n -= 1) {
    const kind = world.focused(random.pick(troubles), troubles)
    Object.assign(weather, { [kind]: kind === 'slow' ? true : random.pick([0.02, 0.1, 0.3]) })
  }
  world.deaths = random.pick([0, 0, 0.0005, 0.003])
  world.pauses = random.pick([0, 0, 0.0005])
  world.clockTrouble = random.pick([0, 0, 0.1])
  world.yielding = random.pick([0.02, 0.1, 0.4])
  world.quickRestorer = random.pick([0, 0, 0.2])
  world.waker = random.pick([0, 0, 0.5])
  world.stopper = random.pick([0, 0, 0.1])
  world.keyRevoker = random.pick([0, 0, 0, 0.1])
  world.operator = isDeed(world.focus) ? 1 : world.fate.pick([0, 0, 0.2, 0.5])
  const { focus } = world
  // Undos are what a rate limit has to meet.
  if (focus === 'runAndUndo') Object.assign(world.weather, { limited: 0.3 })
  if (focus !== undefined && focus in often) Object.assign(world, { [focus]: often[focus as keyof typeof often] })
}

/** The temporary faults of this seed. */
async function storms(world: World, count: number, until: number): Promise<void> {
  const { random, scheduler, weather } = world
  for (let n = 0; n < count; n += 1) {
    await scheduler.sleep(
      random.chance(0.5) ? random.between(0, 3 * hour) : random.between(0, (until - scheduler.now) / 2),
    )
    const kind = world.focused(random.pick(windows), windows)
    world.note(`storm ${kind}`)
    const turn = (on: boolean) => {
      if (kind === 'store') world.storeBroken = on
      else if (kind === 'log') world.logBroken = on
      else if (kind === 'list') world.listBrokenSince = on ? scheduler.now : undefined
      else weather[kind] = on
    }
    turn(true)
    await scheduler.sleep(random.chance(0.6) ? random.between(second, 20 * minute) : random.between(minute, 10 * hour))
    turn(false)
  }
}

/** Previews and enables a policy that fires at seven. */
async function prepare(world: World): Promise<void> {
  const { last } = world
  await takeRoll(last)
  await changePolicy(last)
  if (world.random.chance(0.85)) await preview(last)
  await enable(last)
}

/** Now and then somebody looks at all screens. */
async function look(world: World, until: number): Promise<void> {
  const { fate, scheduler } = world
  for (let times = fate.between(0, 3); times > 0; times -= 1) {
    await scheduler.sleep(fate.between(0, Math.max(minute, (until - scheduler.now) / 2)))
    await compareFigures(world)
  }
}

/** In some seeds, an admin undoes every run at the end. */
async function undoEverything(world: World): Promise<void> {
  const { last, ledger, auditor } = world
  for (const runId of new Set(auditor.effects.map((one) => one.runId))) {
    const owing = owed(world, runId)
    const known = (await world.store.run(runId as never)) !== undefined
    if (owing.length === 0 || !known) continue
    world.bites['F28 undone at the end'] += 1
    const asked = await ask(last, 'undo at the end', () => last.app.planUndo(runId, 'last'), 'patient')
    if (asked.answer.kind !== 'done') {
      const why = asked.answer.kind === 'refused' ? asked.answer.why : 'failed'
      auditor.violate(`I11: the undo of ${runId} at the end: ${why}`)
      continue
    }
    const { plan } = asked.answer.value
    auditor.undoPlanned(plan, owing)
    await attempt(last, () => run(last, plan))
    const undo = ledger.runOf(plan.planId)
    for (let rounds = 0; rounds < 12 && undo !== undefined; rounds += 1) {
      if ((await world.store.run(undo.runId))?.status !== 'executing') break
      await attempt(last, () => advanceRun(last, undo.runId))
    }
    const steps = undo === undefined ? [] : await world.store.steps(undo.runId)
    for (const { accountId, kind } of owed(world, runId)) {
      const step = steps.find((one) => one.accountId === accountId)
      const listed = step !== undefined && (step.state !== 'applied' || step.reason !== undefined)
      if (!listed) auditor.violate(`I11: the undo at the end neither reversed ${kind} of ${accountId} nor says why`)
    }
  }
}

/** When faults have ceased, every run ends in bounded time. */
async function bringToAnEnd(world: World): Promise<void> {
  const { scheduler, store } = world
  Object.assign(world.weather, calm())
  Object.assign(world, {
    deaths: 0,
    pauses: 0,
    clockTrouble: 0,
    storeBroken: false,
    logBroken: false,
    listBrokenSince: undefined,
  })
  Object.assign(world, { quickRestorer: 0, waker: 0, stopper: 0, keyRevoker: 0 })
  world.last = new Process(world, 'last')
  const { last } = world
  await scheduler.sleep(10 * minute)
  await attempt(last, () => last.app.resume('last'))
  if (world.auditor.age.isOlder) await attempt(last, () => reconcile(last))
  // A count that is wrong for good leaves every snapshot of so few accounts incomplete.
  if (world.auditor.age.isOlder && world.countOff === 0)
    world.auditor.violate('I9: the database is not reconciled though all faults ceased')
  for (let round = 0; round < 12; round += 1) {
    const executing = await store.runsWith('executing')
    if (executing.length === 0) return
    for (const { runId } of executing) await attempt(last, () => advanceRun(last, runId))
    await scheduler.sleep(35 * minute)
  }
  const left = await store.runsWith('executing')
  if (left.length > 0)
    world.auditor.violate(`I9: ${left.length} runs are still executing ${12 * 35} minutes after all faults ceased`)
}

/** Counts what has happened, from what is stored. */
async function count({ store, ledger, tally, truth }: World): Promise<void> {
  for (const runId of new Set(ledger.runs.map(({ value }) => value.runId)))
    for (const { state } of await store.steps(runId)) if (state === 'applied' || state === 'skipped') tally[state] += 1
  const told = (event: string) => ledger.facts.filter(({ value }) => value.event === event).length
  tally.rested = told('run-rests')
  tally.vetoes = told('restored-by-person')
  tally.quarantined = ledger.runs.filter(({ value }) => value.status === 'quarantined').length
  tally.halted = ledger.runs.filter(({ value }) => value.haltCause === 'breaker' && value.status === 'stopped').length
  tally.undone = truth.done.filter(
    ({ by, change }) => by === 'rollcall' && (change.kind === 'restore' || change.kind === 'add-to-group'),
  ).length
  tally.tookOver = ledger.lease?.token ?? 0
}

/** Everything that a world can focus on. */
export const foci: readonly string[] = [
  ...new Set([
    ...adminDeeds,
    ...operatorDeeds,
    ...peopleDeeds,
    ...troubles,
    ...windows,
    ...kinds,
    ...columns,
    ...nullable,
    ...Object.keys(often),
    'restoredBackup',
    'tokenOwner',
    'countOff',
    'twoDirectories',
    'undoneAtTheEnd',
    'days',
  ]),
]

/** Every other seed has a focus, so that rare situations occur often enough. */
const focusOf = (seed: number): string | undefined => (seed % 2 === 0 ? foci[(seed / 2) % foci.length] : undefined)

/** Plays one seed. `focus` names what happens in its world again and again. */
export async function playSeed(seed: number, focus = focusOf(seed)): Promise<Outcome> {
  const world = new World(seed, focus)
  world.intervene = (runId) => intervene(world, runId)
  const { random, scheduler } = world
  const length =
    random.chance(0.8) && focus !== 'days' ? random.between(5 * hour, 30 * hour) : random.between(2 * day, 9 * day)
  // After a restored backup, work has to continue.
  const until = scheduler.now + length + (world.restoresBackup ? world.fate.between(0, 4 * day) : 0)
  const drive = async (): Promise<void> => {
    const end = world.fate.chance(world.focus === 'emptied' ? 0.5 : 0.05) ? degrade(world, ['emptied']) : undefined
    await attempt(world.last, () => prepare(world))
    if (end !== undefined) void scheduler.sleep(world.fate.between(minute, 10 * hour)).then(end)
    drawTrouble(world)
    const lives = [
      workAsAdmin(world, 'ann', random.between(1, 5), until),
      livePeople(world, random.between(0, 8), until),
      storms(world, Math.max(random.between(0, 4), world.focused('', windows) === '' ? 0 : 3), until),
      degradations(world, until),
      look(world, until),
    ]
    if (random.chance(0.5)) lives.push(workAsAdmin(world, 'bob', random.between(1, 4), until))
    const serverFrom = random.chance(0.15) ? random.between(day, 8 * day) : 0
    lives.push(scheduler.sleep(serverFrom).then(() => serve(world, 'server', Math.max(until, scheduler.now + hour))))
    if (random.chance(0.3)) lives.push(serve(world, 'second', until))
    world.until = until
    if (world.restoresBackup) lives.push(restoreBackup(world, until))
    await Promise.all(lives)
    world.operator = 0
    while (world.interventions.length > 0) await world.interventions.pop()
    await bringToAnEnd(world)
    await compareFigures(world)
    if (world.focused('', ['undoneAtTheEnd']) !== '' || world.fate.chance(0.2))
      if (!world.auditor.age.isOlder) await undoEverything(world)
    await verdict(world)
    await count(world)
  }
  let ended = false
  void drive().then(
    () => (ended = true),
    (error: unknown) =>
      world.auditor.violate(
        `the simulation itself failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      ),
  )
  const how = await scheduler.run(Number.MAX_SAFE_INTEGER, 60_000)
  if (how === 'events') world.auditor.violate('I9: the world does not come to rest')
  else if (!ended && world.auditor.violations.length === 0) world.auditor.violate(`the simulation stood still`)
  const { violations } = world.auditor
  return { seed, violations, bites: world.bites, tally: world.tally, traceHash: world.traceHash(), trace: world.trace }
}
