// API keys: Rollcall warns before they expire, and reports only the abilities that it tried.

import { describe, expect, it } from 'vitest'
import { day, formatInstant } from '../src/index.js'
import { by, inactiveUsers, worldOf } from './flow.js'

const dateIn = (days: number, now: number): string => formatInstant(now + days * day).slice(0, 10)
const slotOf = async ({ app }: ReturnType<typeof worldOf>, wanted: 'read' | 'act') =>
  (await app.keys()).slots.find(({ slot }) => slot === wanted)

describe('the expiry of a key', () => {
  it.each([
    [31, null, undefined],
    [30, '(in 30 days)', 'note'],
    [15, '(in 15 days)', 'note'],
    [14, '(in 14 days)', 'warning'],
    [8, '(in 8 days)', 'warning'],
    [7, '(in 7 days)', 'urgent'],
    [1, '(in 1 day)', 'urgent'],
    [0, '(today)', 'urgent'],
    [-1, 'expired on', 'urgent'],
  ] as const)('in %i days gives the message %s with urgency %s', async (days, text, urgency) => {
    const world = worldOf(inactiveUsers(2))
    await world.app.setKeyExpiry({ act: dateIn(days, world.app.now()) }, by)
    const slot = await slotOf(world, 'act')
    expect(slot?.daysLeft).toBe(days)
    const found = await world.app.attention()
    expect(found.map((one) => [one.kind, one.urgency])).toEqual(urgency === undefined ? [] : [['key', urgency]])
    expect(found[0]?.message ?? '').toContain(text ?? '')
    const { notices } = await world.app.overview()
    expect(notices.length).toBe(urgency === 'urgent' ? 1 : 0)
  })

  it('comes closer as time passes', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.setKeyExpiry({ read: dateIn(40, world.app.now()) }, by)
    expect(await world.app.attention()).toEqual([])
    world.system.advance(10 * day)
    expect((await world.app.attention())[0]?.message).toMatch(
      /^The read API key expires on \d+ [A-Z][a-z]+ \(in 30 days\)\. After that, syncs and runs stop\./,
    )
  })

  it('is listed before less urgent items', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.sync(by)
    await world.app.setKeyExpiry({ read: dateIn(6, world.app.now()), act: dateIn(20, world.app.now()) }, by)
    world.system.advance(2 * day)
    expect((await world.app.attention()).map(({ kind, urgency }) => `${kind} ${urgency}`)).toEqual([
      'key urgent',
      'key note',
      'data note',
    ])
  })

  it('and the abilities are unknown after another key replaces the key', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.recordNewKeys({ read: dateIn(3, world.app.now()), act: '2030-02-28' }, by)
    world.directory.replaceKey('read', 'new1')
    const { slots, checkedAt, found } = await world.app.keys()
    expect(slots.map(({ slot, end, expires }) => [slot, end, expires])).toEqual([
      ['read', 'new1', null],
      ['act', 'acts', '2030-02-28'],
    ])
    expect([checkedAt, found]).toEqual([null, []])
    expect((await world.app.overview()).notices).toEqual([])
    await world.app.setKeyExpiry({ read: '2031-01-31' }, by)
    world.directory.replaceKey('act', undefined)
    expect((await world.app.keys()).slots.map(({ expires }) => expires)).toEqual(['2031-01-31', null])
  })

  it('can be set for one key alone, is cleared with null, and is recorded in the audit log', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.setKeyExpiry({ read: '2030-01-31' }, by)
    await world.app.setKeyExpiry({ act: '2030-02-28' }, by)
    await world.app.setKeyExpiry({ read: null }, by)
    expect((await world.app.keys()).slots.map(({ slot, expires }) => [slot, expires])).toEqual([
      ['read', null],
      ['act', '2030-02-28'],
    ])
    const { entries } = await world.app.searchAudit({ event: 'key-expiry-set', limit: 9 })
    expect(entries.length).toBe(3)
  })

  it.each([{ read: 'soon' }, { read: '2030-02-31' }, { other: '2030-01-01' }])('is rejected as %j', async (given) => {
    const world = worldOf(inactiveUsers(2))
    await expect(world.app.setKeyExpiry(given, by)).rejects.toMatchObject({ name: 'UsageError' })
    expect((await world.app.keys()).slots.every(({ expires }) => expires === null)).toBe(true)
  })
})

describe('a check of the keys', () => {
  it('finds that they can do everything when Atlassian refuses nothing', async () => {
    const world = worldOf(inactiveUsers(2))
    expect((await world.app.keys()).checkedAt).toBeNull()
    const { found, checkedAt } = await world.app.checkKeys(by)
    expect(found.every(({ can }) => can === true)).toBe(true)
    expect(found.at(-1)).toMatchObject({ ability: 'changes', slot: 'act', what: 'change accounts and groups' })
    expect(checkedAt).toBe(formatInstant(world.app.now()))
    expect(await world.app.keys()).toMatchObject({ found, checkedAt })
  })

  it.each([
    ['forbidden', false],
    ['unauthorized', false],
    ['unavailable', null],
    ['rate-limited', null],
    ['unexpected-response', null],
  ] as const)('reports an ability with the error %s as %s, and checks the next one', async (code, can) => {
    const world = worldOf(inactiveUsers(2))
    world.directory.fail({ operation: 'tryKey', at: 2, code })
    const { found } = await world.app.checkKeys(by)
    expect(found.map((one) => one.can)).toEqual([true, can, true, true, true, true])
    expect(found[1]?.why).toContain('fault at tryKey')
  })

  it('starts again with new keys, which do not inherit an expiry date', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.recordNewKeys({ read: '2030-01-31', act: '2030-02-28' }, by)
    world.directory.fail({ operation: 'tryKey', at: 6, code: 'forbidden' })
    const { slots, found } = await world.app.recordNewKeys({ read: '2031-01-31', act: null }, by)
    expect(slots.map(({ expires }) => expires)).toEqual(['2031-01-31', null])
    expect(found.at(-1)?.can).toBe(false)
  })

  it('keeps the expiry date of a key that stays, and nothing of removed keys', async () => {
    const world = worldOf(inactiveUsers(2))
    await world.app.recordNewKeys({ read: '2030-01-31', act: '2030-02-28' }, by)
    const { slots } = await world.app.recordNewKeys({ read: '2031-01-31' }, by)
    expect(slots.map(({ expires }) => expires)).toEqual(['2031-01-31', '2030-02-28'])
    await world.app.deleteKeyRecords()
    expect(await world.app.keys()).toMatchObject({
      checkedAt: null,
      found: [],
      slots: [{ expires: null }, { expires: null }],
    })
  })
})

it('the expiry dates of two admins who set them at the same time are both kept', async () => {
  const world = worldOf(inactiveUsers(1))
  const [read, act] = [dateIn(40, world.app.now()), dateIn(50, world.app.now())]
  await Promise.all([world.app.setKeyExpiry({ read }, by), world.app.setKeyExpiry({ act }, 'noah')])
  expect((await world.app.keys()).slots.map(({ slot, expires }) => [slot, expires])).toEqual([
    ['read', read],
    ['act', act],
  ])
})
