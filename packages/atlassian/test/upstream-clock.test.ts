// Atlassian's clock: exact while it and the machine's agree, and otherwise unknown; only Atlassian's own answers set it.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createUpstreamClock } from '../src/upstream-clock.js'
import { connect, manualClock, noon, organizationId, type Reply } from './scripted.js'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const header = (at: number) => new Date(Math.floor(at / 1000) * 1000).toUTCString()
const organization = { data: { id: organizationId, attributes: { name: 'Acme' } } }

it('is never ahead of the true time, and less than a second behind it, where the clocks differ by less than an hour', () => {
  const calls = fc.array(fc.tuple(fc.nat(5000), fc.nat(300)), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: -59 * minute, max: 59 * minute }), calls, (skew, all) => {
      const clock = manualClock()
      const upstream = createUpstreamClock(clock)
      for (const [pause, latency] of all) {
        clock.step(pause)
        const sentAt = clock.now()
        const theirs = clock.now() + skew
        clock.step(latency)
        upstream.learn(header(theirs), { sentAt, receivedAt: clock.now() })
        const error = clock.now() + skew - upstream.now()
        expect(error).toBeGreaterThanOrEqual(0)
        expect(error).toBeLessThan(1000 + latency)
        expect(upstream.time()).toEqual({ kind: 'known', at: upstream.now() })
      }
    }),
  )
})

it.each([2 * hour, -2 * hour, 60 * day, -60 * day])(
  'knows no time while the clocks differ by %i ms, keeps the time of the machine, and knows it again once they agree',
  async (off) => {
    let error = off
    const { clock, directory } = connect(() => ({ body: organization, headers: { date: header(noon + error) } }))
    await directory.organization()
    expect(directory.time()).toEqual({ kind: 'unknown', because: 'apart', machine: noon, atlassian: noon + off })
    expect(directory.now()).toBe(clock.now())
    error = 0
    await directory.organization()
    expect(directory.time()).toEqual({ kind: 'known', at: noon })
  },
)

it('knows no time for an hour after two answers lie further apart than the time between them', async () => {
  let [elapsed, error] = [0, 0]
  const given = manualClock()
  const system = { ...given, now: () => noon + elapsed + error, elapsed: () => elapsed }
  const reply = (): Reply => ({ body: organization, headers: { date: header(noon + elapsed + error) } })
  const { directory } = connect(reply, { system })
  const kinds: string[] = []
  const ask = async () => {
    await directory.organization()
    kinds.push(directory.time().kind)
  }
  await ask()
  error = 60 * day // the machine follows the same wrong time
  for (elapsed of [10 * minute, 30 * minute, 69 * minute, 71 * minute]) await ask()
  expect(kinds).toEqual(['known', 'unknown', 'unknown', 'unknown', 'known'])
})

it.each<[string, Reply]>([
  ['a page of a captive portal', { body: '<html>Sign in</html>' }],
  ['JSON of another shape', { body: { welcome: true } }],
  ['broken JSON', { body: '{"data":' }],
  ['an answer from a cache', { body: organization, headers: { age: '30' } }],
  ['an error', { status: 404, body: { message: 'gone' } }],
])('learns nothing from %s', async (_, reply) => {
  for (const off of [30 * minute, 120 * day]) {
    const headers = { ...reply.headers, date: header(noon + off) }
    const { directory, clock } = connect([{ ...reply, headers }])
    await directory.organization().catch(() => undefined)
    expect([directory.now(), directory.time().kind]).toEqual([clock.now(), 'known'])
  }
})

it('shows the local time until the first valid Date header', () => {
  const clock = manualClock()
  const upstream = createUpstreamClock(clock)
  for (const date of [undefined, '', 'yesterday'])
    upstream.learn(date, { sentAt: clock.now(), receivedAt: clock.now() })
  expect(upstream.now()).toBe(clock.now())
})

it.each([{}, { date: '' }, { date: 'yesterday' }])(
  'knows no time while the answers of Atlassian carry none (%j), and knows it from the first that does',
  async (headers) => {
    let given: Readonly<Record<string, string>> = headers
    const { directory } = connect(() => ({ body: organization, headers: given }))
    expect(directory.time().kind).toBe('known')
    await directory.organization()
    expect(directory.time()).toEqual({ kind: 'unknown', because: 'silent', machine: noon, atlassian: null })
    given = { date: header(noon) }
    await directory.organization()
    given = headers
    await directory.organization()
    expect(directory.time()).toEqual({ kind: 'known', at: noon })
  },
)

it('knows the time without any from Atlassian where the clock of the machine is trusted', async () => {
  const { directory } = connect([{ body: organization }], { trustedClock: true })
  await directory.organization()
  expect(directory.time()).toEqual({ kind: 'known', at: noon })
})
