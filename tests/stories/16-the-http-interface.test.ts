import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHttpApp } from '@rollcall/server/http'
import { by, host, openWorld, type World } from './world.js'

let [world, http, woken] = [] as unknown as [World, ReturnType<typeof createHttpApp>, number]
beforeAll(async () => {
  world = await openWorld()
  woken = 0
  http = createHttpApp({ app: world.app, port: () => 3000, pages: '.', wake: () => (woken += 1) })
})
afterAll(() => world.close())

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const own = { host: '127.0.0.1:3000', 'content-type': 'application/json', ...headers }
  const response = await http.request(`http://127.0.0.1:3000${path}`, { method, headers: own, ...sent })
  return { status: response.status, body: (await response.json()) as never, headers: response.headers }
}
const policy = {
  name: 'Over http',
  scope: { site: host, product: 'jira-software' },
  conditions: { 'inactive-for': '90d' },
  actions: ['revoke-product-access'],
  limits: { take: 2 },
}
/** A condition inside `depth` levels of `not`. */
const nested = (depth: number): string => `${'{"not":'.repeat(depth)}{"managed":true}${'}'.repeat(depth)}`
interface PlanBody {
  readonly planId: string
  readonly fingerprint: string
  readonly actions: unknown[]
}

it('syncs, previews, approves, reports and undoes, with the same guard as the command line', async () => {
  expect((await ask('POST', '/api/sync', {})).body).toMatchObject({ accounts: 400, complete: true })
  const planned = await ask('POST', '/api/plans', { document: policy })
  const { planId, fingerprint, actions } = planned.body as PlanBody
  expect([planned.status, actions.length]).toEqual([201, 2])
  const wrong = await ask('POST', `/api/plans/${planId}/approval`, { fingerprint: 'another' })
  expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([409, expect.stringContaining('fingerprint-mismatch')])
  expect(await world.writes()).toEqual([])
  const approved = await ask('POST', `/api/plans/${planId}/approval`, { fingerprint })
  const { runId } = approved.body as { runId: never }
  expect([approved.status, woken]).toEqual([202, 1])
  await world.app.work(runId, { until: Number.MAX_SAFE_INTEGER })
  expect((await ask('GET', `/api/runs/${runId}`)).body).toMatchObject({ status: 'finished', counts: { applied: 2 } })
  expect(((await ask('GET', `/api/runs/${runId}/results`)).body as unknown[]).length).toBe(2)
  const listed = await ask('GET', '/api/runs/list?limit=1&status=finished&policy=Over%20http')
  expect(listed.body).toMatchObject({ runs: [{ runId, total: 2 }], next: null })
  expect((await ask('GET', '/api/runs/list?status=quarantined')).status).toBe(400)
  expect((await ask('GET', '/api/runs/list?after=nowhere')).status).toBe(400)
  expect((await ask('GET', '/api/plans/list?limit=1')).body).toMatchObject({ waiting: [], others: [{ planId }] })
  expect((await ask('GET', '/api/runs')).body).toMatchObject([{ runId }])
  const undo = await ask('POST', `/api/runs/${runId}/undo`, {})
  expect((undo.body as PlanBody).actions.length).toBe(2)
})

it('stores policies, the protected list and the stop switch', async () => {
  expect((await ask('POST', '/api/policies', policy)).body).toMatchObject({ enabled: false })
  expect((await ask('POST', '/api/policies/Over%20http/enable', {})).body).toMatchObject({ enabled: true })
  expect((await ask('DELETE', '/api/policies/Over%20http', {})).status).toBe(200)
  expect((await ask('PUT', '/api/protections', { subject: 'group:team-design', reason: 'audit' })).status).toBe(200)
  expect((await ask('GET', '/api/protections')).body).toMatchObject([
    { subject: 'group:team-design', by: 'local http' },
  ])
  const page = { entries: [{ subject: 'group:team-design', name: null, until: null }], next: null, total: 1 }
  expect((await ask('GET', '/api/protections/list?limit=1&search=AUDIT')).body).toMatchObject(page)
  expect((await ask('GET', '/api/protections/list?limit=101')).status).toBe(400)
  const several = { subjects: ['group:team-design', 'group:nobody-is-here'], reason: 'again', until: '2099-01-31' }
  const outcome = { protected: 1, already: 1, problems: [{ subject: 'group:nobody-is-here' }] }
  expect((await ask('PUT', '/api/protections/several', several)).body).toMatchObject(outcome)
  expect((await ask('DELETE', '/api/protections', { subject: 'group:team-design' })).status).toBe(200)
  expect((await ask('GET', '/api/rest-days/list')).body).toMatchObject({ unreadable: null })
  expect((await ask('GET', '/api/limits/list')).body).toMatchObject({ unreadable: null })
  expect((await ask('POST', '/api/usual', {})).status).toBe(400)
  expect((await ask('POST', '/api/usual', { snapshotId: 'an earlier one' })).body).toMatchObject({
    error: { message: expect.stringContaining('There is a newer snapshot than the one you reviewed') },
  })
  const { snapshot } = await world.app.overview()
  const accepted = { snapshotId: snapshot?.id, asOf: snapshot?.asOf, accounts: snapshot?.accounts }
  expect((await ask('POST', '/api/usual', { snapshotId: snapshot?.id })).body).toMatchObject(accepted)
  expect((await ask('POST', '/api/stop', {})).body).toEqual({ stopped: true })
  expect((await world.app.overview()).stopped).toBe(true)
  expect((await ask('POST', '/api/resume', {})).body).toEqual({ stopped: false })
  expect((await ask('GET', '/api/audit/verification')).body).toMatchObject({ ok: true })
})

it('erases a person, and the audit log still verifies', async () => {
  const { accounts } = (await ask('GET', '/api/accounts?limit=1')).body as { accounts: { accountId: string }[] }
  const account = accounts[0]?.accountId ?? ''
  const forgotten = await ask('DELETE', `/api/accounts/${encodeURIComponent(account)}/personal`, {})
  expect(forgotten.body).toMatchObject({ account, chained: 0, protections: [], policies: [], filters: [] })
  const now = (await ask('GET', '/api/accounts?limit=1')).body as { accounts: { email: string }[] }
  expect(now.accounts[0]?.email).toBe('')
  expect((await ask('GET', '/api/audit/verification')).body).toMatchObject({ ok: true })
})

it('rejects an impossible request with a sentence, never with a stack trace', async () => {
  for (const [method, path, body, status] of [
    ['GET', '/api/runs/none', undefined, 400],
    ['GET', '/api/accounts?limit=0', undefined, 400],
    ['POST', '/api/plans', { policy: 'none' }, 400],
    ['POST', '/api/plans', { force: true }, 400],
    ['POST', '/api/policies', { ...policy, conditions: { idle: 1 } }, 400],
    ['GET', '/api/nothing', undefined, 404],
    ['GET', '/api/accounts?after=zzz', undefined, 400],
    ['POST', '/api/policies', JSON.stringify(policy).replace('{"inactive-for":"90d"}', nested(20_000)), 400],
    ['POST', '/api/plans', { action: 'suspend-access', accounts: ['x'.repeat(5_000_000)] }, 413],
  ] as const) {
    const response = await ask(method, path, body)
    expect([path, response.status]).toEqual([path, status])
    expect((response.body as { error: { message: string } }).error.message).not.toMatch(/\n\s+at |undefined/)
  }
})

const endless = 'x'.repeat(900_000)
const picked = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`)
it.each([
  ['PUT', '/api/protections', { subject: 'email:*@a.example', reason: endless }, '1,000 characters'],
  ['PUT', '/api/protections/several', { subjects: ['email:*@a.example'], reason: endless }, '1,000 characters'],
  ['PUT', '/api/protections', { subject: `email:${endless}`, reason: 'a' }, '320 characters'],
  ['PUT', '/api/filters', { name: 'a', filter: { search: endless } }, '200 characters'],
  ['PUT', '/api/filters', { name: 'a', filter: { inGroup: endless } }, '255 characters'],
  ['POST', '/api/plans', { action: 'suspend-access', accounts: picked(10_001) }, '10000 account ids'],
  ['POST', '/api/plans', { action: 'suspend-access', matching: { search: endless } }, '200 characters'],
  [
    'POST',
    '/api/policies',
    { ...policy, conditions: { all: picked(5000).map((one) => ({ 'in-group': one })) } },
    '200',
  ],
  ['POST', '/api/plans/x/approval', { fingerprint: endless }, '200 characters'],
  ['GET', `/api/accounts?search=${'x'.repeat(5000)}`, undefined, '255 characters'],
  ['GET', `/api/protections/list?search=${'x'.repeat(5000)}`, undefined, '200 characters'],
  ['PUT', '/api/protections', { subject: 'email:*@a.example', reason: 'a\u0000b' }, 'control characters'],
  ['GET', '/api/accounts?search=%00', undefined, 'control characters'],
  ['GET', '/api/accounts?search=a%E2%80%A8b', undefined, 'control characters'],
  ['GET', '/api/accounts?inGroup=a%C2%85b', undefined, 'control characters'],
  ['GET', '/api/protections/list?search=%00', undefined, 'control characters'],
  ['GET', '/api/audit/search?subject=%00', undefined, 'control characters'],
  ['POST', '/api/plans', { action: 'suspend-access', matching: { search: '\0' } }, 'control characters'],
  ['POST', '/api/policies', { ...policy, name: 'a\u001bb' }, 'control characters'],
  ['PATCH', '/api/limits', { 'a\u0000': 1 }, 'control characters'],
] as const)('%s %s refuses an input past its bound with a short sentence', async (method, path, body, sentence) => {
  const response = await ask(method, path, body)
  const { message } = (response.body as { error: { message: string } }).error
  expect(response.status).toBe(400)
  expect(message).toContain(sentence)
  expect(message.length).toBeLessThan(1000)
})

it('rejects a body that is not JSON with 400 in every operation, without quoting it', async () => {
  const { body } = await ask('GET', '/api/openapi.json')
  const { paths } = body as { paths: Record<string, Record<string, { requestBody?: unknown }>> }
  const taking = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => (requestBody === undefined ? [] : [[method, path]])),
  )
  expect(taking.length).toBeGreaterThan(10)
  for (const [method = '', path = ''] of [...taking, ['put', '/api/connection']]) {
    const response = await ask(method.toUpperCase(), path, '{"key": Secret')
    expect([path, response.status]).toEqual([path, 400])
    expect(JSON.stringify(response.body)).not.toContain('Sec')
  }
})

it('refuses foreign hosts and origins, and changes that a form on another site could send', async () => {
  expect((await ask('POST', '/api/stop', {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await ask('GET', '/api/overview', undefined, { host: 'evil.example' })).status).toBe(403)
  expect((await ask('POST', '/api/stop', {}, { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await world.app.overview()).stopped).toBe(false)
})

it('documents every operation in OpenAPI, and returns no key in any response', async () => {
  const { body } = await ask('GET', '/api/openapi.json')
  const { paths } = body as { paths: Record<string, Record<string, unknown>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((one) => `${one} ${path}`),
  )
  expect(operations.length).toBeGreaterThan(20)
  for (const path of ['/api/overview', '/api/licenses', '/api/accounts', '/api/policies', '/api/runs', '/api/audit'])
    expect(JSON.stringify((await ask('GET', path)).body)).not.toContain(world.settings.readKey)
  expect((await world.app.protections()).every((one) => one.by === by)).toBe(true)
})
