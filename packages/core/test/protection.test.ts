// Protection: accounts that Rollcall never changes, whatever a policy says.

import { describe, expect, it } from 'vitest'
import {
  type Account,
  day,
  exclusionText,
  hour,
  isAdminRole,
  protectedBy,
  type Protection,
  UsageError,
} from '../src/index.js'
import { parseSubject } from '../src/settings/protected-list.js'
import { account, group, memoryWorld, organization, person, testNow } from '../src/testing/index.js'

const entry = (subject: string, changes: Partial<Protection> = {}): Protection => ({
  subject,
  reason: 'board',
  by: 'mia',
  addedAt: testNow,
  ...changes,
})
const protectionOf = (changes: Partial<Account>, list: readonly Protection[] = [], now = testNow) => {
  const exclusion = protectedBy(account(changes), list, now)
  return exclusion && exclusionText(exclusion)
}

describe('automatic protection covers', () => {
  it.each([
    ['organization admins', { platformRoles: ['atlassian/org-admin'] }],
    ['site admins', { platformRoles: ['atlassian/site-admin'] }],
    ['user-access admins', { platformRoles: ['x', 'atlassian/user-access-admin'] }],
    ['product admins', { platformRoles: ['jira-software/admin'] }],
    ['app accounts', { accountType: 'app' }],
    ['customer accounts', { accountType: 'customer' }],
    ['accounts named like a service', { name: 'Jenkins Bot' }],
    ['accounts named like a service with underscores', { name: 'backup_service' }],
    ['addresses like a service', { email: 'svc-jira@acme.example' }],
    ['addresses with dots and underscores like a service', { email: 'jira_sync.prod@acme.example' }],
    ['no-reply addresses', { email: 'no-reply@acme.example' }],
  ])('%s', (_who, changes) => {
    expect(protectionOf(changes)).toBeDefined()
  })

  it.each([
    ['an ordinary person', {}],
    [
      'a person whose name contains the word bot as part of another word',
      { name: 'Robot Abbott', email: 'abbott@acme.example' },
    ],
    ['a person in a company named like a service', { email: 'mia@service.example' }],
    ['a role that only sounds like admin', { platformRoles: ['atlassian/user', 'administrator-of-nothing'] }],
  ])('does not cover %s', (_who, changes) => {
    expect(protectionOf(changes)).toBeUndefined()
  })
})

describe('an admin role', () => {
  it.each([
    ['atlassian/org-admin', true],
    ['atlassian/site-admin', true],
    ['atlassian/user-access-admin', true],
    ['jira-software/admin', true],
    ['admin', true],
    ['atlassian/user', false],
    ['atlassian/admin/user', false],
    ['org-admins', false],
    ['toString', false],
    ['', false],
  ])('%s: %s, in the groups that Rollcall reads as in the protection of accounts', (role, admin) => {
    expect([isAdminRole(role), protectionOf({ platformRoles: [role] }) !== undefined]).toEqual([admin, admin])
  })
})

describe('the protected list', () => {
  const vip = { id: group('VIP').id, name: 'VIP' }
  it.each([
    ['covers an account by its id', entry('person-1'), {}, true],
    ['does not cover an account by part of its id', entry('person'), {}, false],
    ['covers the members of a group, in any case of its name', entry('group:vip'), { groups: [vip] }, true],
    ['does not cover the members of another group', entry('group:vip2'), { groups: [vip] }, false],
    ['covers addresses by pattern, in any case', entry('email:*@ACME.example'), {}, true],
    ['does not cover an address that the pattern matches only in part', entry('email:*@acme'), {}, false],
    ['takes a dot in a pattern literally', entry('email:person?1@acme.example'), {}, false],
  ])('%s', (_what, protection, changes, covered) => {
    expect(protectionOf(changes, [protection])).toBe(
      covered ? `protected list (${protection.subject}: board)` : undefined,
    )
  })

  it('covers an account with an unknown e-mail when the list has any e-mail pattern', () => {
    expect(protectionOf({ email: '' }, [entry('email:*@partner.example')])).toContain('protected list')
    expect(protectionOf({ email: '' }, [entry('group:board')])).toBeUndefined()
  })

  it('protects until the given instant', () => {
    const list = [entry('person-1', { until: testNow + hour })]
    expect(protectionOf({}, list, testNow + hour - 1)).toBeDefined()
    expect(protectionOf({}, list, testNow + hour)).toBeUndefined()
  })

  it('protects through the whole given day, in the last time zone of the world', () => {
    const date = Date.UTC(2026, 11, 1)
    const list = [entry('person-1', { until: date })]
    expect(protectionOf({}, list, date + day + 12 * hour - 1)).toBeDefined()
    expect(protectionOf({}, list, date + day + 12 * hour)).toBeUndefined()
  })

  it('accepts a day that is not over everywhere as an end date, and refuses the one before', async () => {
    const { app } = memoryWorld(organization([person('p1')]))
    const today = Date.UTC(2026, 10, 24)
    await app.protect({ subject: 'p1', reason: 'board', until: today }, 'mia')
    expect((await app.protections()).map(({ subject, until }) => [subject, until])).toEqual([['p1', today]])
    await expect(app.protect({ subject: 'p1', reason: 'board', until: today - 2 * day }, 'mia')).rejects.toThrow(
      UsageError,
    )
  })

  it.each([['person-1'], ['557058:ab-cd'], ['group:VIP people'], ['email:*@partner.example']])('accepts %s', (text) => {
    expect(parseSubject(text)).toBe(text)
  })
  it.each([[''], ['group:'], ['email: '], ['some body'], ['mia@acme.example']])('refuses "%s"', (text) => {
    expect(() => parseSubject(text)).toThrow(UsageError)
  })

  it.each([
    ['email:*@partner.example,Partners,2027-01-31'],
    ['email:*@partner.example;Partners'],
    ['email:*@partner.example Partners'],
    ['email:mia@partner.example\nemail:noah@partner.example'],
    ['email:mia\u0000@partner.example'],
    ['email:mia\u200b@partner.example'],
  ])('refuses %j, which would match no account, and says why', (text) => {
    expect(() => parseSubject(text)).toThrow('contains no comma, semicolon, space or control character')
  })

  it('can remove an entry that is no longer valid', async () => {
    const { app, ports } = memoryWorld(organization())
    const subject = 'email:*@partner.example,Partners'
    await ports.store.putProtection(entry(subject))
    await app.unprotect(subject, 'mia')
    expect(await app.protections()).toEqual([])
  })

  it('logs additions and removals, and refuses to remove a missing entry', async () => {
    const { app } = memoryWorld(organization())
    await app.protect({ subject: 'group:vip', reason: 'board' }, 'mia')
    await app.unprotect('group:vip', 'noah')
    await expect(app.unprotect('group:vip', 'noah')).rejects.toThrow('group:vip is not on the protected list')
    const facts = []
    for await (const { fact } of app.audit()) facts.push([fact.actor, fact.event, fact.subject])
    expect(facts).toEqual([
      ['mia', 'protected', 'group:vip'],
      ['noah', 'unprotected', 'group:vip'],
    ])
  })
})

describe('protecting an unknown subject', () => {
  const open = async () => {
    const world = memoryWorld(organization([person('ann')]))
    await world.app.sync('mia')
    return world.app
  }
  const reason = 'board'

  it.each([['bob'], ['group:no-such-group'], ['Other:thing']])('is refused: %s', async (subject) => {
    const app = await open()
    await expect(async () => app.protect({ subject, reason, until: undefined }, 'mia')).rejects.toThrow(UsageError)
    expect(await app.protections()).toEqual([])
  })

  it('is possible for addresses that may appear later, when the person says so', async () => {
    const app = await open()
    const later = { subject: 'EMAIL: *@new.example', reason, until: undefined }
    await expect(app.protect(later, 'mia')).rejects.toThrow('this would protect 0 accounts')
    expect((await app.protect({ ...later, evenIfEmpty: true }, 'mia')).subject).toBe('email:*@new.example')
  })
})

describe('protecting several accounts at once', () => {
  const january = Date.UTC(2027, 0, 31)
  const open = async () => {
    const world = memoryWorld(organization(['ann', 'bea', 'cem', 'dan'].map((id) => person(id))))
    await world.app.sync('mia')
    await world.app.protect({ subject: 'ann', reason: 'legal hold' }, 'lea')
    await world.app.protect({ subject: 'bea', reason: 'on leave', until: january + day }, 'lea')
    await world.app.protect({ subject: 'cem', reason: 'on leave', until: january - day }, 'lea')
    return world
  }
  const listed = async ({ app }: Awaited<ReturnType<typeof open>>) =>
    (await app.protections()).map(({ subject, reason, by, until }) => [subject, reason, by, until])

  it('keeps entries that protect at least as long, and counts them', async () => {
    const world = await open()
    const response = await world.app.protectSeveral(
      ['ann', 'bea', 'cem', 'dan', 'nobody'],
      { reason: 'audit', until: january },
      'mia',
    )
    expect(response).toMatchObject({ protected: 4, already: 2, problems: [{ subject: 'nobody' }] })
    expect(await listed(world)).toEqual([
      ['ann', 'legal hold', 'lea', undefined],
      ['bea', 'on leave', 'lea', january + day],
      ['cem', 'audit', 'mia', january],
      ['dan', 'audit', 'mia', january],
    ])
    expect(await world.app.protectSeveral(['cem', 'dan'], { reason: 'x', until: january }, 'noah')).toMatchObject({
      already: 2,
    })
  })

  it('permanently keeps only permanent entries', async () => {
    const world = await open()
    expect(await world.app.protectSeveral(['ann', 'bea', 'cem'], { reason: 'audit' }, 'mia')).toMatchObject({
      protected: 3,
      already: 1,
    })
    expect((await listed(world)).map(([, reason]) => reason)).toEqual(['legal hold', 'audit', 'audit'])
  })

  it('replaces an expired entry', async () => {
    const world = await open()
    world.system.advance(100 * day)
    const { already } = await world.app.protectSeveral(['cem'], { reason: 'audit', until: january + 99 * day }, 'mia')
    expect([already, (await listed(world))[2]]).toEqual([0, ['cem', 'audit', 'mia', january + 99 * day]])
  })

  it('is refused as a whole when the end date has passed', async () => {
    const { app } = await open()
    const wanted = { reason: 'audit', until: Date.UTC(2026, 10, 1) }
    await expect(app.protectSeveral(['ann', 'dan'], wanted, 'mia')).rejects.toThrow('in the future')
  })

  it('replaces an existing entry when somebody protects one account by name', async () => {
    const world = await open()
    await world.app.protect({ subject: 'ann', reason: 'audit', until: january }, 'mia')
    expect((await listed(world))[0]).toEqual(['ann', 'audit', 'mia', january])
  })
})

describe('a protected group', () => {
  it('protects its members after it was renamed, and the members of another group with its old name', async () => {
    const world = memoryWorld(organization([person('member', { groups: ['contractors-keep'] })]))
    await world.app.sync('mia')
    const { groupIds } = await world.app.protect({ subject: 'group:contractors-keep', reason: 'board' }, 'mia')
    expect(groupIds).toEqual(['group-contractors-keep'])
    const list = await world.app.protections()
    const memberOf = (id: string, name: string) => protectionOf({ groups: [{ id: id as never, name }] }, list)
    expect(memberOf('group-contractors-keep', 'externals')).toContain('protected list')
    expect(memberOf('group-other', 'contractors-keep')).toContain('protected list')
    expect(memberOf('group-other', 'externals')).toBeUndefined()
  })
})
