import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type OpenDatabase } from '@rollcall/server/connect'
import { createHttpApp } from '@rollcall/server/http'
import { openLive, type Live } from '@rollcall/server/live'
import { startSimulator, type Simulator } from '@rollcall/simulator'

let [simulator, database, live, folder] = [] as unknown as [Simulator, OpenDatabase, Live, string]
const environment = () => ({
  ROLLCALL_ATLASSIAN_URL: simulator.url,
  ROLLCALL_DATABASE: join(folder, 'rollcall.db'),
  ROLLCALL_MASTER_KEY_FILE: join(folder, 'master.key'),
})
beforeAll(async () => {
  simulator = await startSimulator({ users: 60, now: new Date().toISOString() })
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  database = await openDatabase(environment().ROLLCALL_DATABASE)
  live = await openLive(database, environment(), false)
})
afterAll(async () => {
  await database.close()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (method: string, path: string, body?: unknown) => {
  const host = {
    get app() {
      return live.app
    },
    live,
    port: () => 3000,
    pages: '.',
    wake: () => undefined,
  }
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json' }
  const response = await createHttpApp(host).request(`http://127.0.0.1:3000/api${path}`, { method, headers, ...sent })
  return { status: response.status, text: await response.text() }
}

it('the server tries a key, refuses a wrong one with a sentence, and stores it nowhere', async () => {
  const { id } = simulator.organization
  const refused = await ask('PUT', '/connection', { organizationId: id, readKey: 'opens-nothing' })
  expect([refused.status, refused.text]).toEqual([502, expect.stringContaining('The API key is wrong')])
  expect(refused.text).not.toContain('opens-nothing')
  expect((await ask('GET', '/connection')).text).toBe('null')
  expect((await ask('POST', '/sync', {})).status).toBe(400)
})

it('the server stores a valid key encrypted, shows only its last characters, and uses it without a restart', async () => {
  const { id, keys } = simulator.organization
  const connected = await ask('PUT', '/connection', { organizationId: id, readKey: keys.scoped, actKey: keys.unscoped })
  const ends = { readKeyEnd: keys.scoped.slice(-4), actKeyEnd: keys.unscoped.slice(-4) }
  expect(JSON.parse(connected.text)).toMatchObject({ organizationId: id, connectedBy: 'local http', ...ends })
  for (const key of [keys.scoped, keys.unscoped]) {
    expect(connected.text).not.toContain(key)
    expect(readFileSync(environment().ROLLCALL_DATABASE).includes(key)).toBe(false)
  }
  expect(JSON.parse((await ask('POST', '/sync', {})).text)).toMatchObject({ accounts: 60 })
  const again = await openLive(database, environment(), false)
  expect(await again.connection()).toMatchObject(ends)
})

it('the server finds out what each new key can do, and warns before it expires', async () => {
  const { id, keys } = simulator.organization
  const described = async () => JSON.parse((await ask('GET', '/keys')).text)
  expect((await described()).found.filter(({ can }: { can: boolean | null }) => can !== true)).toEqual([])
  const readKeyExpires = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  const scoped = { organizationId: id, readKey: keys.scoped, actKey: keys.scoped, readKeyExpires }
  expect((await ask('PUT', '/connection', scoped)).status).toBe(200)
  const { slots, found } = await described()
  expect(slots).toMatchObject([{ slot: 'read', expires: readKeyExpires, daysLeft: 5 }, { expires: null }])
  expect(found.filter(({ can }: { can: boolean | null }) => can !== true)).toMatchObject([
    { ability: 'changes', can: false, why: expect.stringContaining('a key that has scopes') },
  ])
  const { notices } = JSON.parse((await ask('GET', '/overview')).text)
  expect(notices).toEqual([expect.stringMatching(/^The read API key expires on .* \(in 5 days\)\./)])
  const refused = await ask('PUT', '/connection', { ...scoped, readKeyExpires: 'soon' })
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('must be a date')])
})

it('a key that is not entered keeps its value and expiry; a wrong key for changes is refused and changes nothing', async () => {
  const { id, keys } = simulator.organization
  const ends = async () => {
    const { readKeyEnd, actKeyEnd } = JSON.parse((await ask('GET', '/connection')).text)
    return [readKeyEnd, actKeyEnd]
  }
  const dates = async () =>
    JSON.parse((await ask('GET', '/keys')).text).slots.map(({ expires }: { expires: string | null }) => expires)
  const [scoped, unscoped] = [keys.scoped.slice(-4), keys.unscoped.slice(-4)]
  await ask('PUT', '/connection', { organizationId: id, actKey: keys.unscoped, actKeyExpires: '2099-05-01' })
  const [readEnd] = await dates()
  expect([await ends(), await dates()]).toEqual([
    [scoped, unscoped],
    [readEnd, '2099-05-01'],
  ])
  const wrong = await ask('PUT', '/connection', { organizationId: id, actKey: 'opens-nothing' })
  expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('API key for changes was not taken')])
  await ask('PUT', '/connection', { organizationId: id, readKey: keys.unscoped })
  expect([await ends(), await dates()]).toEqual([
    [unscoped, unscoped],
    [null, '2099-05-01'],
  ])
  // When one key has expired, the other one can still be renewed.
  const control = (body: unknown) =>
    fetch(`${simulator.url}/_simulator/keys`, { method: 'POST', body: JSON.stringify(body) })
  await ask('PUT', '/connection', { organizationId: id, actKey: keys.scoped })
  await control({ key: 'scoped', revoked: true })
  expect((await ask('PUT', '/connection', { organizationId: id, readKey: keys.unscoped })).status).toBe(200)
  await control({ key: 'scoped', revoked: false })
  expect((await ask('PUT', '/connection', { organizationId: 'another' })).text).toContain(
    'enter an API key for reading',
  )
})

it('disconnecting stops all runs, deletes the keys, and keeps the snapshots', async () => {
  expect(JSON.parse((await ask('GET', '/overview')).text)).toMatchObject({ stopped: false })
  await ask('DELETE', '/connection', {})
  expect(JSON.parse((await ask('GET', '/overview')).text)).toMatchObject({ stopped: true })
  expect((await ask('GET', '/connection')).text).toBe('null')
  const { slots, checkedAt } = JSON.parse((await ask('GET', '/keys')).text)
  expect([slots.map(({ expires }: { expires: string | null }) => expires), checkedAt]).toEqual([[null, null], null])
  expect((await ask('POST', '/sync', {})).status).toBe(400)
  expect(JSON.parse((await ask('GET', '/accounts?limit=1')).text)).toMatchObject({ total: 60 })
})

it('the server refuses a body that is not JSON, with a sentence that does not quote it', async () => {
  for (const body of ['{"readKey": ATCTT3xSecret}', '{"readKey":"ATCTT3xSecret', 'ATCTT3xSecret', '']) {
    const refused = await ask('PUT', '/connection', body)
    expect([body, refused.status, refused.text]).toEqual([body, 400, expect.stringContaining('is not JSON')])
    expect(refused.text).not.toContain('ATCTT')
  }
})

it('when the environment sets the organization, the page cannot change it', async () => {
  const { id, keys } = simulator.organization
  const fixed = { ...environment(), ROLLCALL_ORG_ID: id, ROLLCALL_API_KEY: keys.scoped }
  const other = await openLive(database, fixed, false)
  expect(await other.connection()).toEqual({ elsewhere: true })
  await expect(other.connect({ organizationId: id, readKey: keys.scoped }, 'mia')).rejects.toThrow(
    'Environment variables of the server',
  )
})
