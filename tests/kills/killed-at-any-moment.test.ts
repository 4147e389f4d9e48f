import { afterAll, beforeAll, expect, it } from 'vitest'
import { isNightly } from '../nightly.js'
import { openSeries, readScript } from './series.js'

let series: Awaited<ReturnType<typeof openSeries>>
beforeAll(async () => {
  series = await openSeries()
}, 60_000)
afterAll(() => series.close())

interface Lives {
  readonly always: readonly Named[]
  readonly nightly: readonly Named[]
}
type Named = readonly [what: string, script: string]

/** The lives, each with a description. Every kill has to happen, and no life may break a promise of docs/safety.md. */
const { always, nightly }: Lives = {
  always: [
    [
      'during a sync, during planning, and after a revocation whose response was lost',
      'revoke-product-access sync:request:5:effect plan:write:1:after run:change:1:effect',
    ],
    [
      'twice around one suspension, before and after its effect, and once during its undo',
      'suspend-access run:change:1:before run:change:1:effect undo:change:1:effect',
    ],
    [
      'three times during a scheduled sync, plan, approval and run',
      'suspend-access schedule:request:10:before schedule:entry:3:after schedule:change:1:effect',
    ],
    ['as a request leaves, in a run that somebody stops and resumes', 'suspend-access run:change:2:gone stops'],
  ],
  nightly: [
    [
      'in the middle of a response, and right after one',
      'deactivate-account run:change:2:half undo:change:2:responded',
    ],
    [
      'after the first entries of the audit log about a run, again and again',
      'suspend-access run:entry:1:after run:entry:1:after run:entry:2:after',
    ],
    [
      'between the writes of an approval, of a run, and of its undo',
      'revoke-product-access run:write:2:before run:write:3:after undo:write:2:after',
    ],
    ['at its start, and just before it logs a snapshot', 'suspend-access start:write:1:after sync:entry:1:before'],
  ],
}
/** `npm run test:nightly` plays all of them. */
const all = [...always, ...nightly]

it.each(isNightly ? all : always)(
  'killed %s: after a restart no account is changed twice, wrongly or without a log entry, and the undo is exact',
  async (_what, text) => {
    const script = readScript(text)
    const { violations, struck } = await series.live(script)
    expect(violations).toEqual([])
    expect(struck.length).toBe(script.kills.length)
  },
)

it('kills the server ten times in every test run, and twenty times nightly', () => {
  const kills = (lives: readonly Named[]) => lives.flatMap(([, text]) => readScript(text).kills).length
  expect([kills(always), kills(all)]).toEqual([10, 20])
})
