// A year of firing with irregular checks, killed processes, clocks stepped back and forth by a day, and weeks without a process.

import {
  dueRunTime,
  nextOf,
  readPolicy,
  type Policy,
  type NonWorkingDays,
  type StoredPolicy,
  defaultNonWorkingDays,
} from '@rollcall/core'
import { memoryWorld, organization, person, policy as policyOf } from '@rollcall/core/testing'
import { describe, expect, it } from 'vitest'
import { random, type Random } from './cases.js'
import { around, type Written } from './oracle.js'
import { meaningOf, offsetAt } from './zone-clock.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const begin = Date.UTC(2026, 0, 5)
const end = begin + 366 * day

const rest: NonWorkingDays = {
  ...defaultNonWorkingDays,
  holidays: ['2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25'],
}
const written = {
  'every day': { every: '1 day', at: '02:30', from: '2024-01-01', timeZone: 'Europe/Berlin' },
  'every Monday': { every: '1 week', on: 'monday', at: '07:00', from: '2024-01-01', timeZone: 'America/New_York' },
  'every Saturday': { every: '1 week', on: 'saturday', at: '07:00', from: '2024-01-01', timeZone: 'Asia/Tokyo' },
  'every month': { every: '1 month', on: 31, at: '23:45', from: '2024-01-01', timeZone: 'Australia/Lord_Howe' },
  'every seven hours': { every: '7 hours', at: '00:00', from: '2024-01-01', timeZone: 'Africa/Casablanca' },
  'twice a day by cron': { cron: '30 2,14 * * *', timeZone: 'America/Godthab' },
  'on the 1st and on Fridays by cron': { cron: '0 9 1 * FRI', timeZone: 'Pacific/Kiritimati' },
} as const satisfies Readonly<Record<string, Written>>
type Name = keyof typeof written
type Approval = 'required' | 'automatic'

const stored = (name: Name, approval: Approval): StoredPolicy => {
  const base = { ...policyOf(), conditions: { 'inactive-for': '90d' }, schedule: written[name], approval }
  const read = readPolicy(base)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return { name, policy: read.policy as Policy, version: 'v', enabled: true, createdAt: begin }
}

/** Every occurrence of the simulated time, by the oracle. */
function occurrencesOf(schedule: Written): readonly number[] {
  const found: number[] = []
  for (let at = begin; at < end + 8 * day;) {
    const next = around(schedule, at, 20).next.map((moment) => moment.at)
    found.push(...next)
    at = next.at(-1) ?? Infinity
  }
  return found
}

const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const isRest = (date: number): boolean =>
  rest.weekdays.some((one) => one === names[new Date(date * day).getUTCDay()]) ||
  rest.holidays.includes(new Date(date * day).toISOString().slice(0, 10))

/** The occurrences on which a policy with automatic approval has to act: those of a working day, or else the newest moved one. */
function actsOf(schedule: Written): readonly number[] {
  const acts: number[] = []
  const byDate = new Map<number, number[]>()
  for (const at of occurrencesOf(schedule)) {
    const date = Math.floor((at + offsetAt(schedule.timeZone, at)) / day)
    byDate.set(date, [...(byDate.get(date) ?? []), at])
  }
  let waiting: number | undefined
  for (let date = Math.floor(begin / day); date <= end / day + 8; date += 1) {
    const own = byDate.get(date) ?? []
    if (isRest(date)) waiting = own.at(-1) ?? waiting
    else {
      if (own.length > 0) acts.push(...own)
      else if (waiting !== undefined) {
        const local = (waiting + offsetAt(schedule.timeZone, waiting)) % day
        const meaning = meaningOf(schedule.timeZone, date * day + local)
        acts.push(meaning.kind === 'gap' ? meaning.shifted : Math.min(...meaning.moments))
      }
      waiting = undefined
    }
  }
  return acts
}

interface Told {
  /** The plans that the scheduler requested, by their occurrence. */
  readonly plans: Map<number, { readonly act: number; seen: number[] }>
  readonly counts: { looks: number; kills: number; steps: number; weeks: number; swallowed: number }
}

/** Checks a policy until the year is over, with a clock that is wrong by up to a day. */
function live(first: StoredPolicy, acts: readonly number[], next: Random): Told {
  const told: Told = { plans: new Map(), counts: { looks: 0, kills: 0, steps: 0, weeks: 0, swallowed: 0 } }
  let [policy, wrong] = [first, 0]
  for (let real = begin; real < end;) {
    if (next() < 0.02) {
      wrong = Math.floor((next() * 2 - 1) * day)
      told.counts.steps += 1
    }
    const now = real + wrong
    told.counts.looks += 1
    if (told.counts.looks % 20 === 0) expect(nextOf(policy, now, rest) ?? Infinity).toBeGreaterThan(now)
    const due = dueRunTime(policy, now, rest)
    if (due !== undefined) {
      expect(due.at).toBeLessThanOrEqual(now)
      const plan = told.plans.get(due.occurrence) ?? { act: due.at, seen: [] }
      plan.seen.push(now)
      told.plans.set(due.occurrence, plan)
      // A process that is killed here has made its plan, but has not noted that it fired.
      if (next() < 0.25) told.counts.kills += 1
      else {
        const before = policy.firedAt ?? first.createdAt
        told.counts.swallowed += Math.max(0, acts.filter((act) => act > before && act < due.at).length)
        policy = { ...policy, firedAt: Math.max(policy.firedAt ?? due.at, due.at) }
        expect(dueRunTime(policy, now, rest)).toBeUndefined()
      }
    }
    const kind = next()
    if (kind < 0.005) told.counts.weeks += 1
    real += kind < 0.005 ? 7 * day : kind < 0.1 ? next() * 2 * day : next() * 12 * hour
  }
  return told
}

describe.each<Approval>(['required', 'automatic'])('a policy whose approval is %s', (approval) => {
  it.each(Object.keys(written) as Name[])(
    'makes one plan per occurrence over a year, never two and never early: %s',
    (name) => {
      const acts = approval === 'automatic' ? actsOf(written[name]) : occurrencesOf(written[name])
      const total = { looks: 0, kills: 0, steps: 0, weeks: 0, swallowed: 0 }
      for (const seed of [1, 2]) {
        const { plans, counts } = live(stored(name, approval), acts, random(seed * 31 + name.length))
        for (const [key, count] of Object.entries(counts)) total[key as keyof typeof total] += count
        const made = [...plans.values()].map(({ act }) => act).toSorted((a, b) => a - b)
        // Each plan is for an occurrence of the policy, and no two are for the same one.
        expect(new Set(made).size).toBe(made.length)
        expect(made.filter((act) => !acts.includes(act))).toEqual([])
        for (const { act, seen } of plans.values()) expect(Math.min(...seen)).toBeGreaterThanOrEqual(act)
        // An occurrence without a plan is covered by a later one, so none is left over.
        const last = made.at(-1) ?? 0
        expect(acts.filter((act) => act < end - 16 * day).every((act) => act <= last)).toBe(true)
      }
      expect(total.looks).toBeGreaterThan(1000)
      for (const key of ['kills', 'steps', 'weeks'] as const) expect(total[key], key).toBeGreaterThan(0)
      if (acts.length > 100) expect(total.swallowed).toBeGreaterThan(0)
    },
  )

  it.each(Object.keys(written) as Name[])('makes a plan for every occurrence when nothing goes wrong: %s', (name) => {
    const acts = approval === 'automatic' ? actsOf(written[name]) : occurrencesOf(written[name])
    const made: number[] = []
    let policy = stored(name, approval)
    for (let now = begin; ;) {
      const next = nextOf(policy, now, rest) ?? Infinity
      if (next >= end) break
      expect(dueRunTime(policy, next - 1, rest)).toBeUndefined()
      now = next + made.length
      expect(dueRunTime(policy, now, rest)?.at).toBe(next)
      made.push(next)
      policy = { ...policy, firedAt: next }
    }
    expect(made).toEqual(acts.filter((act) => act < end))
  })
})

it('the whole app makes one plan a day while its clock is stepped back and forth and its process killed', async () => {
  const world = memoryWorld(organization([person('quiet-0', { inactiveDays: 300 })]))
  const { name } = policyOf()
  const schedule = { every: '1 day', at: '09:00', timeZone: 'UTC', weekends: true, holidays: true }
  await world.app.importPolicy(policyOf({ schedule, approval: 'automatic' }), 'mia')
  await world.app.sync('mia')
  await world.app.enablePolicy(name, 'mia')
  const next = random(7)
  const nine = (at: number) => Math.floor((at - 9 * hour) / day)
  const start = world.system.now()
  let [real, newest, periods] = [start, nine(start), 0]
  for (let look = 0; look < 150; look += 1) {
    real += next() * 12 * hour
    const wrong = next() < 0.3 ? Math.floor((next() * 2 - 1) * day) : 0
    world.system.advance(Math.floor(real) + wrong - world.system.now())
    const now = world.system.now()
    const killed = next() < 0.3
    const process = world.process(killed ? { at: 1 + Math.floor(next() * 30), when: 'before' } : undefined)
    await process.app.fireDue('worker').catch(() => undefined)
    await world.app.fireDue('worker')
    if (nine(now) > newest) [newest, periods] = [nine(now), periods + 1]
    expect((await world.app.plans(999)).length).toBe(periods)
    expect((await world.app.runs(999)).length).toBe(periods)
  }
  expect(periods).toBeGreaterThan(30)
})
