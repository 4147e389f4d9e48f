// Names that people type: groups, products, addresses. A name means the same everywhere, a plan judges by ids, and a name
// that refers to nothing is never silent.

import { describe, expect, it } from 'vitest'
import { sameName, UsageError } from '../src/index.js'
import { wildcard } from '../src/model/wildcard.js'
import { group, memoryWorld, organization, person, policy } from '../src/testing/index.js'
import { by } from './flow.js'

const withConditions = (conditions: unknown) => policy({ conditions, limits: { accounts: 100, percent: 20 } })
const idle = { 'inactive-for': '90d' }

describe('two names are the same', () => {
  it.each([
    ['KISA', 'kısa'],
    ['İzmir', 'izmir'],
    ['Straße', 'STRASSE'],
    ['ẞ', 'ss'],
    ['Zoe\u0308', 'ZOË'],
    ['ΟΔΟΣ', 'οδος'],
    ['\u212Belin', 'ÅELIN'],
  ])('%s and %s', (one, other) => {
    expect([sameName(one, other), sameName(other, one)]).toEqual([true, true])
  })
  it.each([
    ['vip', 'vip2'],
    ['é', 'e'],
    ['', 'a'],
  ])('but not %j and %j', (one, other) => {
    expect(sameName(one, other)).toBe(false)
  })
})

describe('a pattern', () => {
  it.each([
    ['*@acme.example', 'mia@ACME.example', true],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXcYb', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['*@*.example', 'mia@a.b.example', true],
    ['a*a', 'a', false],
    ['m.a@acme.example', 'mia@acme.example', false],
  ])('%s on %s: %s', (pattern, text, fits) => {
    expect(wildcard(pattern).test(text)).toBe(fits)
  })
  it('never takes long, however many * it has', () => {
    const explosive = wildcard(`${'*a'.repeat(50)}*!`)
    for (let n = 0; n < 1000; n += 1) expect(explosive.test('a'.repeat(200))).toBe(false)
  })
})

describe('a group that is renamed between plan and run', () => {
  const renamed = async (conditions: unknown, protect?: string) => {
    const keep = group('contractors-keep')
    const people = [person('p1'), person('p2'), person('member', { groups: ['jira-users', 'contractors-keep'] })]
    const others = Array.from({ length: 30 }, (_, n) => person(`busy-${n}`, { inactiveDays: 1 }))
    const truth = organization([...people, ...others])
    const world = memoryWorld(truth)
    if (protect !== undefined) await world.app.protect({ subject: protect, reason: 'board' }, by)
    await world.app.sync(by)
    const { plan } = await world.app.planFile(withConditions(conditions), by)
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['p1', 'p2'])
    const index = truth.groups.findIndex(({ id }) => id === keep.id)
    ;(truth.groups as (typeof keep)[])[index] = { ...keep, name: 'externals' }
    truth.people.get('p1' as never)?.groups.add(keep.id)
    const { run } = (await world.app.approve(
      { planId: plan.planId, fingerprint: plan.fingerprint, accepted: ['too-many'] },
      by,
    )) as never as { run: { runId: never } }
    await world.app.work(run.runId, { over: () => false } as never)
    return new Set(world.directory.arrived.map(({ change }) => change.accountId))
  }
  it('still excludes its members by the condition of the plan', async () => {
    expect(await renamed({ all: [idle, { not: { 'in-group': 'contractors-keep' } }] })).toEqual(new Set(['p2']))
  })
  it('still protects its members, also when it was protected before the first sync', async () => {
    expect(await renamed(idle, 'group:contractors-keep')).toEqual(new Set(['p2']))
  })
})

describe('a group whose name is written in another Unicode form', () => {
  it('has the members that Atlassian knows', async () => {
    const truth = organization([person('p1'), person('member', { groups: ['jira-users', 'kısa'] })], {
      groups: [...organization().groups, group('kısa')],
    })
    const world = memoryWorld(truth)
    world.directory.groupsNamed = (name) => Promise.resolve(truth.groups.filter((one) => sameName(one.name, name)))
    await world.app.sync(by)
    const { plan } = await world.app.planFile(withConditions({ all: [idle, { not: { 'in-group': 'KISA' } }] }), by)
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['p1'])
    expect((await world.app.accounts({ inGroup: 'KISA' })).total).toBe(1)
    expect((await world.app.protect({ subject: 'group:KISA', reason: 'board' }, by)).groupIds).toEqual(['group-kısa'])
  })
})

describe('a name that refers to nothing', () => {
  const open = async () => {
    const world = memoryWorld(
      organization([person('p1'), person('wiki', { groups: ['jira-users', 'confluence-users'] })]),
    )
    await world.app.sync(by)
    return world
  }
  const without = (excluded: unknown) => withConditions({ all: [idle, { not: excluded }] })

  it('may be the name that Atlassian gives a product', async () => {
    const { app } = await open()
    const { plan } = await app.planFile(without({ 'has-product': 'Confluence' }), by)
    expect(plan.actions.map(({ accountId }) => accountId)).toEqual(['p1'])
  })
  it.each([
    [{ 'has-product': 'konfluence' }, 'it has jira-software (Jira), confluence (Confluence)'],
    [{ 'email-matches': 'acme.example' }, 'such as *@acme.example'],
    [{ 'email-matches': '@acme.example' }, 'such as *@acme.example'],
    [{ 'email-matches': 'p11@acme.example' }, '0 accounts of Acme have the address p11@acme.example'],
    [{ 'in-group': 'contractor-keep' }, 'no group "contractor-keep"'],
  ])('is refused at plan and at import: %j', async (excluded, words) => {
    const { app } = await open()
    await expect(app.planFile(without(excluded), by)).rejects.toThrow(words)
    await expect(app.importPolicy(without(excluded), by)).rejects.toThrow(words)
    expect(await app.policies()).toEqual([])
  })
  it.each([
    [{ 'in-group': 'contractors-keep' }],
    [{ 'email-domain': 'partner.example' }],
    [{ 'email-matches': 'x*@y' }],
  ])('has to be accepted by name where it excludes nobody: %j', async (excluded) => {
    const { app } = await open()
    const { refusals } = await app.planFile(without(excluded), by)
    expect(refusals).toContainEqual(expect.objectContaining({ code: 'excludes-nobody', actual: 1 }))
  })
  it('counts everybody, not only the scope, and only exclusions', async () => {
    const { app } = await open()
    const codes = async (conditions: unknown) =>
      (await app.planFile(withConditions(conditions), by)).refusals.map(({ code }) => code)
    expect(await codes({ all: [idle, { 'email-domain': 'partner.example' }] })).not.toContain('excludes-nobody')
    expect(await codes({ all: [idle, { not: { not: { 'email-domain': 'partner.example' } } }] })).not.toContain(
      'excludes-nobody',
    )
    expect(await codes({ all: [idle, { not: { 'email-matches': 'admin-1@*' } }] })).not.toContain('excludes-nobody')
  })
  it('has to be accepted when a protected group or pattern covers nobody, unless its author knew', async () => {
    const { app, ports } = await open()
    const codes = async () => (await app.planFile(withConditions(idle), by)).refusals.map(({ code }) => code)
    const entry = { subject: 'email:*@partner.example', reason: 'board', by, addedAt: 0 }
    await ports.store.putProtection(entry)
    expect(await codes()).toContain('excludes-nobody')
    await ports.store.putProtection({ ...entry, evenIfEmpty: true }, entry)
    expect(await codes()).not.toContain('excludes-nobody')
  })
  it.each([['email:acme.example'], ['email:@acme.example']])('%s cannot be protected', async (subject) => {
    const { app } = await open()
    await expect(app.protect({ subject, reason: 'board', evenIfEmpty: true }, by)).rejects.toThrow('*@acme.example')
  })
  it('shows how many accounts each entry covers', async () => {
    const { app } = await open()
    const add = (subject: string) => app.protect({ subject, reason: 'board', evenIfEmpty: true }, by)
    for (const subject of ['p1', 'group:jira-users', 'email:*@acme.example', 'email:*@gone.example']) await add(subject)
    const covered = (await app.coveredProtections()).map(({ subject, covers }) => [subject, covers])
    expect(Object.fromEntries(covered)).toEqual({
      p1: 1,
      'group:jira-users': 4,
      'email:*@acme.example': 4,
      'email:*@gone.example': 0,
    })
    expect((await app.protectionList({ limit: 9 })).entries.find(({ covers }) => covers === 0)?.subject).toBe(
      'email:*@gone.example',
    )
    await expect(add('nobody-like-that')).rejects.toThrow(UsageError)
  })
  it('may be written in any case for a site and a product of the scope', async () => {
    const { app } = await open()
    const { plan } = await app.planFile(policy({ scope: { site: 'ACME.atlassian.net', product: 'Jira' } }), by)
    expect(plan.scope).toEqual({ site: 'acme.atlassian.net', product: 'jira-software' })
  })
})
