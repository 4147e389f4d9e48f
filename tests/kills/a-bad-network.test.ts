import { afterAll, beforeAll, expect, it } from 'vitest'
import { isNightly } from '../nightly.js'
import { openSeries, type Template } from './series.js'
import { openStage } from './stage.js'

let series: Awaited<ReturnType<typeof openSeries>>
beforeAll(async () => {
  series = await openSeries()
}, 60_000)
afterAll(() => series.close())

const nightlyFates = [
  ['reset-in-response', 'is reset in the middle of its response', 'applied'],
  ['cut', 'gets only the beginning of its response', 'applied'],
  ['stall-after', 'gets no response in time, after its effect', 'applied'],
  ['drip', 'gets its response a few bytes at a time', 'applied'],
  ['close', 'gets its response on a connection that closes at once', 'applied'],
] as const

/** The state of an account whose change meets each fate: it was applied, or Rollcall cannot know and does not repeat it. */
const fates = [
  ['reset-after', 'is reset after its effect', 'applied'],
  ['reset', 'is reset before it arrives', 'unknown'],
  ['stall', 'never arrives and gets no response', 'unknown'],
  ...(isNightly ? nightlyFates : []),
] as const

it.each(fates)(
  '%s: Rollcall repeats a read that %s, and records a change as %s after sending it once',
  async (fate, _what, state) => {
    const action = 'suspend-access'
    const { violations, results, effects, sent, fates: struck } = await series.live({ action, kills: [], fate })
    expect(violations).toEqual([])
    expect(struck.get(fate)).toBeGreaterThan(3)
    expect(results[0]?.state).toBe(state)
    const accountId = results[0]?.accountId ?? ''
    const own = effects.filter((one) => one.accountId === accountId && one.phase === 'run')
    expect(own.length).toBe(state === 'applied' ? 1 : 0)
    const sendings = sent.filter(
      ({ phase, request }) => phase === 'run' && request.includes(encodeURIComponent(accountId)),
    )
    expect(sendings.length).toBe(1)
  },
)

it.each(isNightly ? (['reset', 'reset-in-response', 'cut', 'stall'] as const) : (['cut'] as const))(
  'a sync whose requests all meet "%s" fails, and Rollcall keeps the earlier snapshot',
  async (fate) => {
    const { program, template } = series as { program: string; template: Template }
    const env = { ROLLCALL_REQUEST_TIMEOUT: '200' }
    const stage = await openStage({ program, template: template.folder, env })
    try {
      await stage.start()
      const before = (await stage.call('GET', '/api/accounts')).body as { asOf: string; total: number }
      let after = 12
      stage.useFates(() => (after-- > 0 ? undefined : fate))
      expect((await stage.call('POST', '/api/sync', {})).status).toBe(502)
      expect((await stage.call('GET', '/api/accounts')).body).toMatchObject({ asOf: before.asOf, total: before.total })
      expect(stage.proxy.counts.get(fate)).toBeGreaterThan(3)
      expect(stage.effects).toEqual([])
    } finally {
      await stage.close()
    }
  },
)
