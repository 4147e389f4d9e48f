// The clock of the rate gate: close to Atlassian's true time, never ahead of it, and correct again after a jump of the local clock.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPacingClock } from '../src/pacing-clock.js'
import { manualClock } from './scripted.js'

const day = 86_400_000
const header = (at: number) => new Date(Math.floor(at / 1000) * 1000).toUTCString()

it('is never ahead of the true time, and less than a second behind it', () => {
  const calls = fc.array(fc.tuple(fc.nat(5000), fc.nat(300)), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: -day, max: day }), calls, (skew, all) => {
      const clock = manualClock()
      const upstream = createPacingClock(clock)
      let behind = Infinity
      for (const [pause, latency] of all) {
        clock.step(pause)
        const sentAt = clock.now()
        const theirs = clock.now() + skew
        clock.step(latency)
        upstream.learn(header(theirs), sentAt)
        const error = clock.now() + skew - upstream.now()
        expect(error).toBeGreaterThanOrEqual(0)
        expect(error).toBeLessThan(1000 + latency)
        expect(error).toBeLessThanOrEqual(behind)
        behind = error
      }
    }),
  )
})

it('is correct again at the next response after the local clock was set', () => {
  for (const jump of [day, -day, 5000, -5000]) {
    const clock = manualClock()
    const upstream = createPacingClock(clock)
    const truth = clock.now()
    upstream.learn(header(truth), clock.now())
    clock.step(jump)
    upstream.learn(header(truth), clock.now())
    expect(upstream.now()).toBe(truth)
  }
})

it('shows the local time until the first valid Date header', () => {
  const clock = manualClock()
  const upstream = createPacingClock(clock)
  for (const date of [undefined, '', 'yesterday']) upstream.learn(date, clock.now())
  expect(upstream.now()).toBe(clock.now())
})
