// Atlassian's clock: near its true time, never ahead of it, and healed after a jump of ours.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createUpstreamClock } from '../src/upstream-clock.js'
import { manualClock } from './scripted.js'

const day = 86_400_000
const header = (at: number) => new Date(Math.floor(at / 1000) * 1000).toUTCString()

it('is never ahead of the truth and less than a second behind it', () => {
  const calls = fc.array(fc.tuple(fc.nat(5000), fc.nat(300)), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: -day, max: day }), calls, (skew, all) => {
      const clock = manualClock()
      const upstream = createUpstreamClock(clock)
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

it('is right again at the next answer after our clock was set', () => {
  for (const jump of [day, -day, 5000, -5000]) {
    const clock = manualClock()
    const upstream = createUpstreamClock(clock)
    const truth = clock.now()
    upstream.learn(header(truth), clock.now())
    clock.step(jump)
    upstream.learn(header(truth), clock.now())
    expect(upstream.now()).toBe(truth)
  }
})

it('shows our time until it is told another, and takes no nonsense for a date', () => {
  const clock = manualClock()
  const upstream = createUpstreamClock(clock)
  for (const date of [undefined, '', 'yesterday']) upstream.learn(date, clock.now())
  expect(upstream.now()).toBe(clock.now())
})
