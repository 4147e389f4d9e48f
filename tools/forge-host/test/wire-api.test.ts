// The protocol of the rest: Jira as the user and as the app, fetch, the context, and operations that the host lacks.

import { beforeAll, describe, expect, it } from 'vitest'
import { FunctionFailure } from '../src/functions/failure.js'
import type { JiraRequest } from '../src/platform/jira-request.js'
import { closeAfterAll, startProbe, startWorld } from './probe.js'

closeAfterAll()
const permissions = '/rest/api/3/mypermissions?permissions=ADMINISTER'
let { host, ask } = {} as Awaited<ReturnType<typeof startProbe>>
let outside: { url: string; method: string; body: string; authorization: string }[] = []
beforeAll(async () => {
  const world = await startWorld(({ url = '', method = '', headers }, body, response) => {
    outside.push({ url, method, body, authorization: headers.authorization ?? '' })
    if (url === '/away') response.writeHead(302, { location: 'https://evil.example.com/' }).end()
    else if (url === '/on') response.writeHead(303, { location: '/end' }).end()
    else if (url === '/cut') response.destroy()
    else response.writeHead(url === '/busy' ? 429 : 200, { 'retry-after': '3' }).end(`answer to ${url}`)
  })
  ;({ host, ask } = await startProbe({
    egress: { 'https://api.atlassian.com': world },
    accountId: 'ada',
    jira: { admins: ['ada'] },
    license: { isActive: true, type: 'COMMERCIAL' },
  }))
})
const textOf = async (operation: string, payload: unknown) => {
  const { value } = (await ask(operation, payload)) as { value: { status: number; text: string } }
  return { status: value.status, body: value.text === '' ? undefined : (JSON.parse(value.text) as unknown) }
}

describe('requestJira', () => {
  it('as the user shows whether the user is an admin', async () => {
    const has = (havePermission: boolean) => ({ body: { permissions: { ADMINISTER: { havePermission } } } })
    expect(await textOf('jira', { path: permissions })).toMatchObject(has(true))
    host.signIn('bob')
    expect(await textOf('jira', { path: permissions })).toMatchObject(has(false))
    expect(await textOf('jira', { path: '/rest/api/3/myself' })).toMatchObject({ body: { accountId: 'bob' } })
    host.signIn('ada')
  })

  it('as the app can ask about any user', async () => {
    const init = { method: 'POST', body: JSON.stringify({ accountId: 'ada', globalPermissions: ['ADMINISTER'] }) }
    expect(await textOf('jira', { as: 'app', path: '/rest/api/3/permissions/check', init })).toMatchObject({
      body: { globalPermissions: ['ADMINISTER'] },
    })
  })

  it('as a user needs a signed-in user', async () => {
    const needs = { kind: 'NeedsAuthenticationError', name: 'NEEDS_AUTHENTICATION_ERR', status: 401 }
    expect((await ask('jira', { path: permissions, accountId: 'bob' })).thrown).toMatchObject(needs)
    await ask('push', { events: { body: { run: 'jira', payload: { path: permissions } } } })
    await host.idle()
    expect(host.log.some(({ text }) => text.includes('Authentication Required'))).toBe(true)
  })

  it('reaches a function or an address that stands in for Jira', async () => {
    const requests: JiraRequest[] = []
    const jira = (request: JiraRequest) => {
      requests.push(request)
      return { status: 418, body: { tea: true } }
    }
    const { ask: askOther } = await startProbe({ jira, accountId: 'eve' })
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"a":1}' }
    expect(await askOther('jira', { path: '/rest/api/3/x?y=1', init })).toMatchObject({
      value: { status: 418, text: '{"tea":true}' },
    })
    expect(requests).toMatchObject([
      { as: 'user', accountId: 'eve', method: 'PUT', path: '/rest/api/3/x?y=1', body: '{"a":1}' },
    ])
    await askOther('jira', { as: 'none', path: '/rest/api/3/x' })
    expect(requests[1]).toMatchObject({ as: 'none', method: 'GET' })
    expect(requests[1]).not.toHaveProperty('accountId')
    const world = await startWorld(({ url, headers }, _, response) =>
      response.end(`${url ?? ''} ${String(headers['x-forge-as'])} ${String(headers['x-forge-account-id'])}`),
    )
    const { ask: askThird } = await startProbe({ jira: world, accountId: 'eve' })
    expect(await askThird('jira', { path: '/rest/api/3/x' })).toMatchObject({
      value: { text: '/rest/api/3/x user eve' },
    })
  })

  it('of an unsupported product throws a proxy error', async () => {
    for (const operation of ['confluence', 'graph'])
      expect((await ask(operation)).thrown).toMatchObject({ kind: 'ProxyRequestError', name: 'PROXY_ERR', status: 501 })
  })
})

describe('fetch', () => {
  it('reaches the stand-in of a declared address, with method, body and headers', async () => {
    outside = []
    const init = { method: 'PATCH', body: '{"a":1}', headers: { authorization: 'Bearer k' } }
    for (const operation of ['fetch', 'apiFetch'])
      expect(await ask(operation, { url: 'https://api.atlassian.com/x?y=ü', init })).toMatchObject({
        value: { status: 200, url: 'https://api.atlassian.com/x?y=%C3%BC', text: 'answer to /x?y=%C3%BC' },
      })
    const sent = { url: '/x?y=%C3%BC', method: 'PATCH', body: '{"a":1}', authorization: 'Bearer k' }
    expect(outside).toEqual([sent, sent])
  })

  it('returns unsuccessful responses unchanged', async () => {
    expect(await ask('fetch', { url: 'https://api.atlassian.com/busy' })).toMatchObject({ value: { status: 429 } })
  })

  it('refuses an undeclared address, also after a redirect', async () => {
    const refused = { name: 'REQUEST_EGRESS_ALLOWLIST_ERR', status: 403 }
    for (const url of ['https://evil.example.com/', 'http://api.atlassian.com/', 'https://api.atlassian.com/away'])
      for (const operation of ['fetch', 'apiFetch'])
        expect((await ask(operation, { url })).thrown).toMatchObject({
          kind: 'ExternalEndpointNotAllowedError',
          ...refused,
        })
  })

  it('follows redirects that are allowed', async () => {
    expect(await ask('fetch', { url: 'https://api.atlassian.com/on' })).toMatchObject({
      value: { text: 'answer to /end', url: 'https://api.atlassian.com/end' },
    })
  })

  it('fails when the connection breaks', async () => {
    expect((await ask('fetch', { url: 'https://api.atlassian.com/cut' })).thrown).toMatchObject({ name: 'TypeError' })
  })

  it('never leaves this machine for a declared address without a stand-in', async () => {
    expect(await ask('fetch', { url: 'https://unmapped.example.com/' })).toMatchObject({ value: { status: 502 } })
  })

  it('is the only way out: sockets to other addresses are refused', async () => {
    for (const url of ['https://api.atlassian.com/', 'https://127.0.0.1:1/'])
      expect((await ask('httpsGet', { url })).thrown).toMatchObject({ code: 'EACCES' })
  })
})

describe('an invocation', () => {
  it('knows its app, environment, license, permissions and remaining time', async () => {
    const { value } = (await ask('appContext')) as { value: Record<string, unknown> }
    expect(value).toMatchObject({
      appAri: 'ari:cloud:ecosystem::app/44444444-4444-4444-8444-444444444444',
      environmentType: 'DEVELOPMENT',
      moduleKey: 'probe-page',
      appVersion: '1.0.0',
      license: { isActive: true, type: 'COMMERCIAL' },
      permissions: { scopes: ['storage:app', 'read:jira-user', 'read:jira-work'] },
    })
    expect(value['remaining']).toBeGreaterThan(20_000)
    expect(value['remaining']).toBeLessThanOrEqual(25_000)
  })

  it('has no license if the installation has none', async () => {
    host.license = undefined
    expect(await ask('appContext')).not.toHaveProperty('value.license')
    expect(await ask('echo')).not.toHaveProperty('value.context.license')
  })

  it('of the resolver gets the requester from the host, not from the payload', async () => {
    expect(await ask('echo', { accountId: 'mallory', n: 1 })).toMatchObject({
      value: {
        payload: { accountId: 'mallory', n: 1 },
        context: { accountId: 'ada', moduleKey: 'probe-page', extension: { type: 'jira:adminPage' } },
      },
    })
    expect(await host.resolve('echo', {}, { accountId: 'bob' })).toMatchObject({
      value: { context: { accountId: 'bob' } },
    })
  })

  it('that throws fails with the thrown error', async () => {
    const failure: unknown = await host.resolve('throw', { message: 'no' }).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(FunctionFailure)
    expect(failure).toMatchObject({
      code: 'FUNCTION_ERR',
      message: 'no',
      thrown: { name: 'TypeError', code: 'E_PROBE' },
    })
    await expect(host.resolve('undefined-operation')).rejects.toThrow('has no definition')
  })

  it('sees the variables of the app, and no others', async () => {
    const { ask: askOther } = await startProbe({ variables: { COLOR: 'green' } })
    expect(await askOther('environment')).toEqual({ value: { COLOR: 'green' } })
  })

  it('of a trigger gets its trigger, without an account', async () => {
    await host.tick().catch(() => undefined)
    const key = host.kvs.keys().find((one) => one.startsWith('ticks:')) ?? ''
    expect(host.kvs.get(key)?.value).toMatchObject({
      request: { context: { cloudId: expect.any(String) as string, moduleKey: 'probe-tick' } },
    })
    expect(host.kvs.get(key)?.value).not.toHaveProperty('context.principal')
  })
})
