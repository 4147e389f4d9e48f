// Refusals of Atlassian: five shapes of body give one sentence and one code each, and the key stays secret.

import { brandId, type Change } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { readErrorBody } from '../src/error-body.js'
import { broken, connect, key, organizationId, yes, type Reply } from './scripted.js'
import { directoryId, groupId } from './rows.js'

const application = (code: string, detail = 'Because') => ({ errors: [{ id: '1', code, status: '404', detail }] })
const routing = (status: number, error: string, message: string) => ({
  timestamp: '2026-08-31T15:42:56.847+00:00',
  path: '/api/admin/v2',
  status,
  error,
  message,
  requestId: 'e4cd',
})
const scim = { allowed: false, reason: { key: 'externalDirectory.scim' } }
const conflict = { message: 'Cannot disable', accountId: '557057:a', errorCodes: [{ code: 'X1', message: 'Is owner' }] }

it.each([
  [application('ADMIN-UAM-404-1', 'One or more user not found'), 'ADMIN-UAM-404-1 One or more user not found'],
  [{ errors: [{ code: 'ADMIN-400-1', title: 'Bad cursor', detail: null }] }, 'ADMIN-400-1 Bad cursor'],
  [{ errors: [{ code: 'ADMIN-400-19', status: 400, title: null }] }, 'ADMIN-400-19'],
  [{ code: 401, message: 'Unauthorized' }, 'Unauthorized'],
  [routing(404, 'Not Found', 'TCS validation failed'), 'Not Found: TCS validation failed'],
  [{ status: 403, error: 'Forbidden', message: null }, 'Forbidden'],
  [{ key: 'accountNotFound' }, 'accountNotFound'],
  [{ key: 'forbidden.action', context: scim }, 'forbidden.action externalDirectory.scim'],
  [{ key: 'forbidden', context: 'requires manage:org' }, 'forbidden requires manage:org'],
  [{ key: 'conflict.lifecycleErrors', context: conflict }, 'conflict.lifecycleErrors Cannot disable X1 Is owner'],
  [{ key: 'bad', errorDetail: 'no such thing' }, 'bad no such thing'],
  [{ errorMessages: ['The user does not exist.', 'Really.'], errors: {} }, 'The user does not exist. Really.'],
  [{ errorMessages: [], errors: {} }, 'no explanation'],
  [{}, 'no explanation'],
  [null, 'no explanation'],
  [[], 'no explanation'],
])('%j says "%s"', (body, sentence) => {
  expect(readErrorBody(JSON.stringify(body)).sentence).toBe(sentence)
})

it('an explanation is one line of at most 300 characters', () => {
  const { sentence } = readErrorBody(JSON.stringify(application('ADMIN-400-1', 'very\n\n  long '.repeat(100))))
  expect(sentence).toHaveLength(300)
  expect(sentence).toMatch(/^ADMIN-400-1 very long very long/)
})

const accountId = brandId<Change['accountId']>('557058:a')
const [directory, group] = [
  brandId<Extract<Change, { kind: 'suspend' }>['directoryId']>(directoryId),
  brandId<Extract<Change, { kind: 'add-to-group' }>['groupId']>(groupId),
]
const suspend: Change = { kind: 'suspend', accountId, directoryId: directory }
const restore: Change = { kind: 'restore', accountId, directoryId: directory }
const add: Change = { kind: 'add-to-group', accountId, directoryId: directory, groupId: group }
const remove: Change = { ...add, kind: 'remove-from-group' }
const deactivate: Change = { kind: 'deactivate', accountId }

describe('a refused change', () => {
  it.each<[number, unknown, Change, string, RegExp]>([
    [401, { code: 401, message: 'Unauthorized' }, suspend, 'unauthorized', /Give a valid organization API key/],
    [400, application('ADMIN-401-2'), suspend, 'unauthorized', /too few rights/],
    [403, application('ADMIN-UAM-403-1'), suspend, 'forbidden', /API key made without scopes/],
    [403, '<html>', suspend, 'forbidden', /no explanation/],
    [403, { key: 'forbidden', context: 'requires manage:org' }, deactivate, 'forbidden', /requires manage:org/],
    [404, application('ADMIN-UAM-404-1'), suspend, 'not-found', /Check that it still exists/],
    [404, { key: 'accountNotFound' }, deactivate, 'not-found', /accountNotFound/],
    [404, application('ADMIN-UAM-404-3'), remove, 'not-found', /404-3/],
    [404, routing(404, 'Not Found', 'No route'), suspend, 'forbidden', /Check the id of the organization/],
    [404, application('ADMIN-404-2'), suspend, 'forbidden', /Check the id of the organization/],
    [404, application('ADMIN-UAM-404-2'), suspend, 'forbidden', /Check the id of the organization/],
    [409, application('ADMIN-409-3'), restore, 'seat-limit', /Free or buy a seat first/],
    [409, application('ADMIN-UAM-409-3'), add, 'seat-limit', /Free or buy a seat first/],
    [400, application('ADMIN-400-32'), restore, 'seat-limit', /Free or buy a seat first/],
    [409, application('ADMIN-409-28'), add, 'conflict', /Look at this account/],
    [409, { key: 'conflict.lifecycleErrors', context: conflict }, deactivate, 'conflict', /Is owner/],
    [400, application('ADMIN-UAM-400-1', 'Organization admins cannot be suspended'), suspend, 'conflict', /admins/],
  ])('with %i %j to %j is %s', async (status, body, change, code, message) => {
    const { directory: refusing } = connect([{ status, body }])
    const refused = refusing.apply(change, yes)
    await expect(refused).rejects.toMatchObject({ name: 'DirectoryError', code, effect: 'none' })
    await expect(refused).rejects.toThrow(message)
  })

  it('has a message with the call and the status', async () => {
    const { directory: refusing } = connect([{ status: 409, body: application('ADMIN-409-3', 'Licence limit') }])
    await expect(refusing.apply(restore, yes)).rejects.toThrow(
      `Atlassian refused: ADMIN-409-3 Licence limit (POST /admin/v2/orgs/${organizationId}/directories/${directoryId}/users/557058%3Aa/restore responded with 409). Free or buy a seat first.`,
    )
  })

  it('counts as done when the account already is, or no longer is, a member', async () => {
    for (const [change, status, code, done] of [
      [add, 409, 'ADMIN-UAM-409-2', true],
      [remove, 404, 'ADMIN-UAM-404-1', true],
      [remove, 404, 'ADMIN-404-1', true],
      [add, 404, 'ADMIN-UAM-404-1', false],
      [remove, 409, 'ADMIN-UAM-409-2', false],
      [suspend, 404, 'ADMIN-UAM-404-1', false],
    ] as const) {
      const response = connect([{ status, body: application(code) }]).directory.apply(change, yes)
      if (done) expect(await response).toBe('accepted')
      else await expect(response).rejects.toThrow(code)
    }
  })
})

describe('the wrong organization', () => {
  it.each([
    [404, application('ADMIN-404-2', 'Organization not found')],
    [404, routing(404, 'Not Found', 'TCS validation failed')],
  ])('with %i %j gives a message that names the setting to check', async (status, body) => {
    const { directory: refusing } = connect([{ status, body }])
    const refused = refusing.organization()
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
    await expect(refused).rejects.toThrow('Check the id of the organization, and that the key belongs to it.')
  })

  it('is detected when Atlassian returns another one', async () => {
    const { directory: other } = connect([{ body: { data: { id: 'other', attributes: { name: 'Other' } } } }])
    await expect(other.organization()).rejects.toThrow(
      `Atlassian returned organization other instead of ${organizationId}. Nothing was changed.`,
    )
  })
})

it('no error contains the key, whatever its source quotes', async () => {
  const quoting: readonly Reply[] = [
    { failure: new TypeError(`Headers.append: "Bearer ${key}" is an invalid header value.`) },
    { failure: broken(`E ${key}`) },
    { failure: `Bearer ${key}` },
    { status: 400, body: application('ADMIN-400-1', `bad header: Bearer ${key}`) },
    { status: 401, body: { code: 401, message: `Unknown key ${key}` } },
    { status: 403, body: { key, context: key } },
    { status: 500, body: { error: key, message: key } },
    { status: 404, body: { errorMessages: [`no ${key}`] } },
    { body: `<html>${key}</html>` },
    { body: { [key]: key } },
    { body: { count: key } },
  ]
  for (const reply of quoting)
    for (const ask of [
      () => connect(() => reply).directory.countAccounts(),
      () =>
        connect(() => (reply.status === undefined ? { ...reply, status: 418 } : reply)).directory.apply(suspend, yes),
    ]) {
      const error = await ask().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name: 'DirectoryError' })
      expect(String(error)).not.toContain(key)
      expect(JSON.stringify(error)).not.toContain(key)
      expect(error).not.toHaveProperty('cause')
    }
})
