// Protected accounts: who is never acted on, whatever a policy says.

import { describe, expect, it } from 'vitest'
import { type Account, day, exclusionText, hour, protectedBy, type Protection, UsageError } from '../src/index.js'
import { parseSubject } from '../src/settings/protected-list.js'
import { account, group, memoryWorld, organization, person, testNow } from '../src/testing/index.js'

const entry = (subject: string, changes: Partial<Protection> = {}): Protection => ({
  subject,
  reason: 'board',
  by: 'mia',
  addedAt: testNow,
  ...changes,
})
const shield = (changes: Partial<Account>, list: readonly Protection[] = [], now = testNow) => {
  const exclusion = protectedBy(account(changes), list, now)
  return exclusion && exclusionText(exclusion)
}

describe('always protected are', () => {
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
    expect(shield(changes)).toBeDefined()
  })

  it.each([
    ['an ordinary person', {}],
    ['a person whose name holds the letters of a bot', { name: 'Robot Abbott', email: 'abbott@acme.example' }],
    ['a person in a company named like a service', { email: 'mia@service.example' }],
    ['a role that only sounds like admin', { platformRoles: ['atlassian/user', 'administrator-of-nothing'] }],
  ])('but not %s', (_who, changes) => {
    expect(shield(changes)).toBeUndefined()
  })
})

describe('the protected list', () => {
  const vip = { id: group('VIP').id, name: 'VIP' }
  it.each([
    ['covers an account by its id', entry('person-1'), {}, true],
    ['does not cover an account by part of its id', entry('person'), {}, false],
    ['covers the members of a group, whatever the case', entry('group:vip'), { groups: [vip] }, true],
    ['does not cover the members of another group', entry('group:vip2'), { groups: [vip] }, false],
    ['covers addresses by pattern, whatever the case', entry('email:*@ACME.example'), {}, true],
    ['does not cover an address that only begins like the pattern', entry('email:*@acme'), {}, false],
    ['takes a dot of a pattern as a dot', entry('email:person?1@acme.example'), {}, false],
  ])('%s', (_what, protection, changes, covered) => {
    expect(shield(changes, [protection])).toBe(covered ? `protected list (${protection.subject}: board)` : undefined)
  })

  it('covers an account whose e-mail is not known, wherever the list has a pattern of e-mails', () => {
    expect(shield({ email: '' }, [entry('email:*@partner.example')])).toContain('protected list')
    expect(shield({ email: '' }, [entry('group:board')])).toBeUndefined()
  })

  it('holds until the very instant that was given', () => {
    const list = [entry('person-1', { until: testNow + hour })]
    expect(shield({}, list, testNow + hour - 1)).toBeDefined()
    expect(shield({}, list, testNow + hour)).toBeUndefined()
  })

  it('holds through the whole day, in UTC, when a date was given', () => {
    const date = Date.UTC(2026, 11, 1)
    const list = [entry('person-1', { until: date })]
    expect(shield({}, list, date + day - 1)).toBeDefined()
    expect(shield({}, list, date + day)).toBeUndefined()
  })

  it('takes today as a date that still lies ahead, and refuses yesterday', async () => {
    const { app } = memoryWorld(organization([person('p1')]))
    const today = Date.UTC(2026, 10, 24)
    await app.protect({ subject: 'p1', reason: 'board', until: today }, 'mia')
    expect((await app.protections()).map(({ subject, until }) => [subject, until])).toEqual([['p1', today]])
    await expect(app.protect({ subject: 'p1', reason: 'board', until: today - day }, 'mia')).rejects.toThrow(UsageError)
  })

  it.each([['person-1'], ['557058:ab-cd'], ['group:VIP people'], ['email:*@partner.example']])('takes %s', (text) => {
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
  ])('refuses %j, which would protect nobody, and says why', (text) => {
    expect(() => parseSubject(text)).toThrow('contains no comma, semicolon, space or control character')
  })

  it('lets go of an entry that nobody could add any more', async () => {
    const { app, ports } = memoryWorld(organization())
    const subject = 'email:*@partner.example,Partners'
    await ports.store.putProtection(entry(subject))
    await app.unprotect(subject, 'mia')
    expect(await app.protections()).toEqual([])
  })

  it('tells the audit log who was added and removed, and refuses to remove what is not there', async () => {
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

describe('protecting somebody who is not there', () => {
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

  it('is possible for addresses that may come later', async () => {
    const app = await open()
    expect((await app.protect({ subject: 'EMAIL: *@new.example', reason, until: undefined }, 'mia')).subject).toBe(
      'email:*@new.example',
    )
  })
})

describe('protecting several at once', () => {
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

  it('leaves an entry that holds as long or longer as it is, and says how many there were', async () => {
    const world = await open()
    const answer = await world.app.protectSeveral(
      ['ann', 'bea', 'cem', 'dan', 'nobody'],
      { reason: 'audit', until: january },
      'mia',
    )
    expect(answer).toMatchObject({ protected: 4, already: 2, problems: [{ subject: 'nobody' }] })
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

  it('for good leaves nothing but what is for good', async () => {
    const world = await open()
    expect(await world.app.protectSeveral(['ann', 'bea', 'cem'], { reason: 'audit' }, 'mia')).toMatchObject({
      protected: 3,
      already: 1,
    })
    expect((await listed(world)).map(([, reason]) => reason)).toEqual(['legal hold', 'audit', 'audit'])
  })

  it('takes an entry that has ended for none', async () => {
    const world = await open()
    world.system.advance(100 * day)
    const { already } = await world.app.protectSeveral(['cem'], { reason: 'audit', until: january + 99 * day }, 'mia')
    expect([already, (await listed(world))[2]]).toEqual([0, ['cem', 'audit', 'mia', january + 99 * day]])
  })

  it('is refused as a whole where its end has passed', async () => {
    const { app } = await open()
    const wanted = { reason: 'audit', until: Date.UTC(2026, 10, 1) }
    await expect(app.protectSeveral(['ann', 'dan'], wanted, 'mia')).rejects.toThrow('in the future')
  })

  it('replaces one by one: whoever names somebody means it', async () => {
    const world = await open()
    await world.app.protect({ subject: 'ann', reason: 'audit', until: january }, 'mia')
    expect((await listed(world))[0]).toEqual(['ann', 'audit', 'mia', january])
  })
})

describe('a protected group', () => {
  it('protects its members under another name, and whoever is in another group of its old name', async () => {
    const world = memoryWorld(organization([person('member', { groups: ['contractors-keep'] })]))
    await world.app.sync('mia')
    const { groupIds } = await world.app.protect({ subject: 'group:contractors-keep', reason: 'board' }, 'mia')
    expect(groupIds).toEqual(['group-contractors-keep'])
    const list = await world.app.protections()
    const inGroup = (id: string, name: string) => shield({ groups: [{ id: id as never, name }] }, list)
    expect(inGroup('group-contractors-keep', 'externals')).toContain('protected list')
    expect(inGroup('group-other', 'contractors-keep')).toContain('protected list')
    expect(inGroup('group-other', 'externals')).toBeUndefined()
  })
})
