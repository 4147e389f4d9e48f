// The rate gate: never faster than Atlassian permits, and hardly slower.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGate, type ResponseHead } from '../src/gate.js'
import { manualClock, noon } from './scripted.js'

const day = 86_400_000

interface Limits {
  readonly perWindow: number
  readonly windowMs: number
  /** Their clock minus ours. */
  readonly skew?: number
  readonly latency?: number
  readonly headers: 'always' | 'retry-after' | 'none'
  /** Windows follow a fixed grid. Otherwise each opens with the first call after the end of the last one. */
  readonly grid?: boolean
}
const response = (status: number, headers: Readonly<Record<string, string>> = {}): ResponseHead => ({
  status,
  header: (name) => headers[name],
})

/** A server that counts calls per window on its own clock, behind a gate. */
function limited({ perWindow, windowMs, skew = 0, latency = 0, headers, grid = false }: Limits) {
  const clock = manualClock()
  const gate = createGate(clock)
  const accepted: number[] = []
  let [opened, used, refused] = [-Infinity, 0, 0]
  async function send(): Promise<ResponseHead> {
    clock.step(Math.ceil(latency / 2))
    const theirs = clock.now() + skew
    if (theirs >= opened + windowMs) [opened, used] = [grid ? theirs - (theirs % windowMs) : theirs, 0]
    const [reset, ok] = [opened + windowMs, used < perWindow]
    if (ok) used += 1
    else refused += 1
    if (ok) accepted.push(clock.now())
    clock.step(Math.floor(latency / 2))
    const date = new Date(Math.floor(theirs / 1000) * 1000).toUTCString()
    if (headers === 'none') return response(ok ? 200 : 429)
    if (headers === 'retry-after')
      return ok ? response(200) : response(429, { 'retry-after': String(Math.ceil((reset - theirs) / 1000)) })
    return response(ok ? 200 : 429, {
      date,
      'x-ratelimit-remaining': String(Math.max(0, perWindow - used)),
      'x-ratelimit-reset': new Date(reset).toISOString(),
    })
  }
  return { clock, gate, accepted, refused: () => refused, call: () => gate.pass(send) }
}

describe('a gate that learns the remaining calls', () => {
  const limits = fc.record({
    perWindow: fc.integer({ min: 1, max: 60 }),
    windowMs: fc.integer({ min: 1000, max: 120_000 }),
    skew: fc.integer({ min: -day, max: day }),
    latency: fc.integer({ min: 0, max: 400 }),
    grid: fc.boolean(),
  })

  it('never sends more calls than a window permits, whatever the local clock shows', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.integer({ min: 1, max: 6 }), async (given, atOnce) => {
        const world = limited({ ...given, headers: 'always' })
        for (let calls = 0; calls < given.perWindow * 3; calls += atOnce)
          await Promise.all(Array.from({ length: atOnce }, world.call))
        expect(world.refused()).toBe(0)
      }),
    )
  })

  it('uses at least 95 % of the permitted slots', async () => {
    const slower = limits.map((one) => ({
      ...one,
      windowMs: 30_000 + one.windowMs,
      latency: one.latency / 4,
    }))
    await fc.assert(
      fc.asyncProperty(slower, async (given) => {
        const [world, windows] = [limited({ ...given, grid: false, headers: 'always' }), 12]
        for (let calls = 0; calls <= given.perWindow * windows; calls += 1) await world.call()
        const took = (world.accepted.at(-1) ?? 0) - (world.accepted[0] ?? 0)
        const permitted = (given.perWindow * took) / given.windowMs
        expect(world.accepted.length - 1).toBeGreaterThanOrEqual(permitted * 0.95)
      }),
    )
  })
})

describe('a gate that learns the limit only from refusals', () => {
  it('is refused at most once in a window when Retry-After is right', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1000, max: 60_000 }),
        async (perWindow, windowMs) => {
          const world = limited({ perWindow, windowMs, headers: 'retry-after' })
          for (let calls = 0; calls < perWindow * 5; calls += 1) await world.call()
          const windows = Math.ceil(((world.accepted.at(-1) ?? 0) - noon) / windowMs) + 1
          expect(world.refused()).toBeLessThanOrEqual(windows)
        },
      ),
    )
  })

  it('waits for at most a minute at a time when no header says how long', async () => {
    const world = limited({ perWindow: 1, windowMs: 600_000, headers: 'none' })
    while (world.accepted.length < 2) await world.call()
    expect(world.clock.waits.slice(0, 7)).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    expect(world.refused()).toBeLessThan(20)
  })
})

describe('a closed gate', () => {
  const exhausted = (seconds: number) =>
    response(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': new Date(noon + seconds * 1000).toISOString() })
  const free = async () => response(200)

  it('lets calls through one after another, in order', async () => {
    const clock = manualClock()
    const gate = createGate(clock)
    const log: string[] = []
    const call = (name: string) =>
      gate.pass(async () => {
        log.push(`${name} begins`)
        await Promise.resolve()
        log.push(`${name} ends`)
        return response(200)
      })
    await Promise.all([call('a'), call('b')])
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('delays the calls that are already in the queue', async () => {
    const clock = manualClock()
    const gate = createGate(clock)
    const times: number[] = []
    const second = async () => {
      times.push(clock.now())
      return response(200)
    }
    await Promise.all([gate.pass(async () => response(429, { 'retry-after': '30' })), gate.pass(second)])
    expect(times).toEqual([noon + 30_000])
  })

  it('continues after a failed call', async () => {
    const gate = createGate(manualClock())
    await expect(gate.pass(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
    await expect(gate.pass(free)).resolves.toMatchObject({ status: 200 })
  })

  it('opens at the reset, and after 15 minutes at most', async () => {
    for (const [seconds, expected] of [
      [0, []],
      [40, [40_000]],
      [899, [899_000]],
      [901, [900_000]],
      [1e9, [900_000]],
      [-5, []],
    ] as const) {
      const clock = manualClock()
      const gate = createGate(clock)
      await gate.pass(async () => exhausted(seconds))
      await gate.pass(free)
      expect(clock.waits).toEqual(expected)
    }
  })

  it('opens in time although the local clock goes back by a day', async () => {
    const clock = manualClock()
    const gate = createGate(clock)
    await gate.pass(async () => exhausted(40))
    clock.step(-day)
    await gate.pass(free)
    expect(clock.waits).toEqual([40_000])
  })

  it('takes another sleep when a timer wakes it too early', async () => {
    const clock = manualClock()
    const early = { now: clock.now, wait: async (ms: number) => clock.wait(Math.max(1, ms - 1)) }
    const gate = createGate(early)
    await gate.pass(async () => exhausted(40))
    await gate.pass(free)
    expect(clock.now()).toBe(noon + 40_000)
  })
})
