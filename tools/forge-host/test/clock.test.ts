// The host's clock: tests move it, it rings in order, and it skips delays but not schedules.

import { afterEach, expect, it } from 'vitest'
import { createClock } from '../src/clock.js'
import { createWindow } from '../src/limits/time-window.js'

let clock = createClock()
afterEach(() => {
  clock.close()
  clock = createClock()
})

it('shows real time until it is moved', () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50)
  clock.advance(3_600_000)
  expect(Math.abs(clock.now() - Date.now() - 3_600_000)).toBeLessThan(50)
})

it('rings every alarm that becomes due on the way, in order, each at its time', () => {
  const [start, rung] = [clock.now(), [] as [string, number][]]
  const ring = (name: string, after: number) =>
    clock.at(start + after, () => rung.push([name, Math.round((clock.now() - start) / 1000)]))
  ring('late', 60_000)
  ring('early', 10_000)
  const cancel = ring('cancelled', 20_000)
  ring('later', 61_000)
  cancel()
  clock.advance(60_500)
  expect(rung).toEqual([
    ['early', 10],
    ['late', 60],
  ])
})

it('rings an alarm that another one set, if it becomes due on the way', () => {
  const rung: string[] = []
  clock.at(clock.now() + 1000, () => {
    rung.push('first')
    clock.at(clock.now() + 1000, () => rung.push('second'))
  })
  clock.advance(5000)
  expect(rung).toEqual(['first', 'second'])
})

it('rings by itself in real time', async () => {
  const started = performance.now()
  await new Promise<void>((resolve) => clock.at(clock.now() + 20, resolve))
  expect(performance.now() - started).toBeGreaterThan(15)
})

it('skips to the next delay, not to a schedule', () => {
  const rung: string[] = []
  clock.at(clock.now() + 1000, () => rung.push('schedule'), 'schedule')
  expect(clock.skip()).toBe(false)
  clock.at(clock.now() + 5000, () => rung.push('delay'))
  expect(clock.skip()).toBe(true)
  expect(rung).toEqual(['schedule', 'delay'])
})

it('allows a limited amount per window, and again in the next one', () => {
  let now = 60_000
  const window = createWindow(
    () => now,
    60_000,
    () => 3,
  )
  expect([window.take(2), window.take(2), window.take(), window.take()]).toEqual([true, false, true, false])
  now = 119_999
  expect(window.take()).toBe(false)
  now = 120_000
  expect(window.take(3)).toBe(true)
  window.use(0.5)
  expect(window.open()).toBe(false)
})
