// What people do to a run or its plan at any moment, by the command line and over HTTP.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpApp } from '@rollcall/server/http'
import { command, json } from './command.js'
import { host, openWorld, run, type World } from './world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.app.sync('mia')
})
afterEach(() => world.close())

const forever = { until: Number.MAX_SAFE_INTEGER }

interface Planned {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: readonly { readonly accountId: string }[]
}
interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function http(method: string, path: string, body?: unknown): Promise<Answered> {
  const app = createHttpApp({ app: world.app, port: () => 3000, pages: '.', wake: () => undefined })
  const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await app.request(`http://127.0.0.1:3000/api${path}`, { method, headers, ...sent })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const document = (take: number) => ({
  name: 'Free unused Jira seats',
  scope: { site: host, product: 'jira-software' },
  conditions: { 'inactive-for': '90d' },
  actions: ['revoke-product-access'],
  limits: { take, canaryAccounts: 2, accounts: 99, percent: 20 },
})
const planOf = async (take: number): Promise<Planned> =>
  (await http('POST', '/plans', { document: document(take) })).body as never
const idsOf = ({ actions }: Planned) => actions.map(({ accountId }) => accountId)
const groupsOf = (ids: readonly string[]) => ids.map((id) => [...(world.truth(id)?.groups ?? [])].toSorted())
const statusOf = async (runId: string) => (await world.app.runStatus(runId as never)).status

/** Approves a plan; the run does not begin yet. */
async function approved({ planId, fingerprint }: Planned): Promise<string> {
  const { body } = await http('POST', `/plans/${planId}/approval`, { fingerprint })
  return String(body['runId'])
}

/** A scheduled run in its canary pause: two of six accounts are changed. */
async function inCanaryPause() {
  const once = new Date(Date.now() + 3_000).toISOString().slice(0, 19)
  const schedule = { once, timeZone: 'UTC', weekends: true, holidays: true }
  const { name, ...rest } = document(6)
  await http('POST', '/policies', { name, ...rest, approval: 'automatic', schedule })
  const { plan } = await world.app.planStored(name, 'mia')
  await http('POST', `/policies/${encodeURIComponent(name)}/enable`, {})
  let runId = ''
  await expect
    .poll(async () => (runId = (await world.app.fireDue('mia'))[0]?.runId ?? runId), { timeout: 30_000, interval: 250 })
    .not.toBe('')
  await world.app.work(runId as never, forever)
  expect((await world.app.runStatus(runId as never)).restUntil).not.toBeNull()
  return { runId, accounts: idsOf(plan) }
}

describe('cancelling', () => {
  const zero = { applied: 0, skipped: 0, failed: 0, unknown: 0 }

  it('by the command line prints the run, its status and its counts, and nothing of it goes on', async () => {
    const runId = await approved(await planOf(3))
    const printed = await json(world, ['cancel', runId, '--reason', 'wrong group'])
    expect(printed).toEqual({ runId, status: 'cancelled', counts: { ...zero, notAttempted: 3 } })
    await world.app.work(runId as never, forever)
    expect([await statusOf(runId), await world.writes()]).toEqual(['cancelled', []])
    expect(await json(world, ['run-status', runId])).toMatchObject({
      status: 'cancelled',
      cancelledBy: expect.any(String),
    })
  })

  it('over HTTP responds with the same, also when somebody has cancelled the run already', async () => {
    const runId = await approved(await planOf(3))
    const expected = { status: 200, body: { runId, status: 'cancelled', counts: { ...zero, notAttempted: 3 } } }
    expect(await http('POST', `/runs/${runId}/cancel`, { reason: 'wrong group' })).toEqual(expected)
    expect(await http('POST', `/runs/${runId}/cancel`, {})).toEqual(expected)
    const listed = await http('GET', '/runs/list?status=cancelled')
    expect(listed.body['runs']).toMatchObject([{ runId, cancelledBy: 'local http' }])
  })

  it('refuses a finished run, which undo restores, and an unknown one', async () => {
    const made = await planOf(2)
    const { runId } = await run(world, made as never)
    const refused = await command(world, ['cancel', runId])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Undo it instead')])
    expect((await http('POST', `/runs/${runId}/cancel`, {})).status).toBe(400)
    expect((await http('POST', '/runs/none/cancel', {})).status).toBe(400)
  })
})

describe('excluding', () => {
  it('by the command line makes a plan with another fingerprint, and nobody can run the old one', async () => {
    const old = await planOf(3)
    const [out = ''] = idsOf(old)
    const made = await json<Planned>(world, ['exclude', old.planId, out, '--reason', 'on leave'])
    expect(made.fingerprint).not.toBe(old.fingerprint)
    expect(idsOf(made)).toEqual(idsOf(old).slice(1))
    const refused = await command(world, ['run', old.planId, '--approve', old.fingerprint])
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('discarded this plan')])
    expect(await world.writes()).toEqual([])
    expect((await command(world, ['run', made.planId, '--approve', made.fingerprint])).code).toBe(0)
    expect(new Set(await world.writes())).toEqual(new Set(idsOf(made)))
  })

  it('over HTTP does the same, and lists the account with who excluded it and why', async () => {
    const old = await planOf(3)
    const [out = ''] = idsOf(old)
    const { status, body } = await http('POST', `/plans/${old.planId}/exclude`, { accounts: [out], reason: 'on leave' })
    expect([status, body]).toEqual([201, expect.objectContaining({ accounts: 2, refusals: [] })])
    const excluded = await http('GET', `/plans/${String(body['planId'])}/people?part=excluded&reason=left-out`)
    expect(excluded.body['people']).toMatchObject([
      { accountId: out, code: 'left-out', reason: expect.stringContaining('local http: on leave') },
    ])
    expect((await http('GET', `/plans/${old.planId}/summary`)).body).toMatchObject({ run: { status: 'discarded' } })
    expect((await http('POST', `/plans/${old.planId}/exclude`, { accounts: [out] })).status).toBe(400)
  })
})

describe('giving back', () => {
  it('restores some accounts of a run, or what was last taken from one account, by the command line', async () => {
    const made = await planOf(3)
    const [first = '', second = '', third = ''] = idsOf(made)
    const before = groupsOf(idsOf(made))
    const { runId } = await run(world, made as never)
    const one = await json<Planned>(world, ['give-back', runId, first])
    expect(idsOf(one)).toEqual([first])
    const other = await json<Planned>(world, ['give-back', second])
    expect(idsOf(other)).toEqual([second])
    for (const { planId, fingerprint } of [one, other])
      expect((await command(world, ['run', planId, '--approve', fingerprint])).code).toBe(0)
    expect(groupsOf([first, second])).toEqual(before.slice(0, 2))
    expect(groupsOf([third])).not.toEqual(before.slice(2))
  })

  it('does the same over HTTP, and the run and the account offer it while there is something to give back', async () => {
    const made = await planOf(2)
    const [first = '', second = ''] = idsOf(made)
    const { runId } = await run(world, made as never)
    const offered = async () => {
      const { body } = await http('GET', `/runs/${runId}/people`)
      const rows = body['people'] as { accountId: string; mayGiveBack: boolean }[]
      return rows.filter(({ mayGiveBack }) => mayGiveBack).map(({ accountId }) => accountId)
    }
    expect(await offered()).toEqual([first, second])
    const ofRun = await http('POST', `/runs/${runId}/give-back`, { accounts: [first] })
    expect([ofRun.status, ofRun.body]).toEqual([201, expect.objectContaining({ accounts: 1, refusals: [] })])
    await run(world, ofRun.body as never)
    expect(await offered()).toEqual([second])
    const ofAccount = await http('POST', `/accounts/${second}/give-back`)
    expect([ofAccount.status, ofAccount.body['accounts']]).toEqual([201, 1])
    const history = async (id: string) =>
      ((await http('GET', `/accounts/${id}`)).body['history'] as { mayGiveBack: boolean }[]).map(
        (one) => one.mayGiveBack,
      )
    expect([await history(first), await history(second)]).toEqual([[false, false], [true]])
    expect((await http('POST', `/accounts/${first}/give-back`)).status).toBe(400)
  })
})

describe('during a canary pause', () => {
  it('an undo cancels the run, and gives back what it took', { timeout: 60_000 }, async () => {
    const { runId, accounts } = await inCanaryPause()
    const changed = [...new Set(await world.writes())]
    expect(changed).toEqual(accounts.slice(0, 2))
    const undo = await json<Planned>(world, ['undo', runId])
    expect([await statusOf(runId), new Set(idsOf(undo))]).toEqual(['cancelled', new Set(changed)])
    expect((await command(world, ['run', undo.planId, '--approve', undo.fingerprint])).code).toBe(0)
    await world.app.work(runId as never, forever)
    expect(new Set(await world.writes())).toEqual(new Set(changed))
    expect(await statusOf(runId)).toBe('cancelled')
  })

  it(
    'a stop ends the run at once; undo works meanwhile, and going on needs its own approval',
    { timeout: 60_000 },
    async () => {
      const { runId } = await inCanaryPause()
      const { planId, counts } = await world.app.runStatus(runId as never)
      expect(counts).toMatchObject({ applied: 2, notAttempted: 4 })
      expect((await http('POST', '/stop', {})).status).toBe(200)
      expect(await statusOf(runId)).toBe('stopped')
      const one = [...new Set(await world.writes())][0] ?? ''
      const back = await json<Planned>(world, ['give-back', runId, one])
      expect((await command(world, ['run', back.planId, '--approve', back.fingerprint])).code).toBe(0)
      expect((await http('POST', '/resume', {})).status).toBe(200)
      await world.app.work(runId as never, forever)
      expect(await statusOf(runId)).toBe('stopped')
      const { fingerprint } = (await http('GET', `/plans/${planId}`)).body
      const again = await http('POST', `/plans/${planId}/approval`, { fingerprint })
      expect([again.status, again.body]).toEqual([202, expect.objectContaining({ runId, status: 'executing' })])
    },
  )
})
