// Retention, erasure and checkpoints: the log stays verifiable after any removal.

import { describe, expect, it } from 'vitest'
import { day, DirectoryError, UsageError } from '../src/index.js'
import { checkpointAt } from '../src/audit/checkpoint.js'
import { memorySigner, person, policy, sha256 } from '../src/testing/index.js'
import { by, factsOf, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

const worldWithOldLog = async () => {
  const world = worldOf(inactiveUsers(2))
  await approveAndRun(world.app, await syncAndPlan(world))
  world.system.advance(401 * day)
  await world.app.sync(by)
  return world
}

describe('the audit log', () => {
  it('removes entries older than 400 days, and verifies from the signed entry on', async () => {
    const world = await worldWithOldLog()
    const { prunedUpTo = 0 } = await world.app.keepAudit('worker')
    expect(prunedUpTo).toBeGreaterThan(5)
    expect((await world.app.auditPage(0, 1))[0]?.index).toBe(prunedUpTo + 1)
    expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
    expect((await factsOf(world.app)).at(-1)).toMatchObject({ event: 'pruned', actor: 'worker' })
  })

  it('verifies after a removal that stopped behind its signature, and removes the entries the next day', async () => {
    const world = await worldWithOldLog()
    await world.app.keepAudit('worker')
    world.system.advance(401 * day)
    await world.app.sync(by)
    const [, second] = await world.app.auditPage(0, 2)
    if (second === undefined) throw new Error('no entry')
    await checkpointAt(second, 'pruned', world.ports)
    expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
    expect((await world.app.keepAudit('worker')).prunedUpTo).toBeGreaterThanOrEqual(second.index)
    expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
  })

  it('removes nothing because of a fast clock, because Rollcall first asks Atlassian for the time', async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world))
    const { organization, now } = world.directory
    let ahead = 450 * day
    Object.assign(world.directory, { now: () => now() + ahead })
    await world.process().app.protect({ subject: 'inactive-0', reason: 'leave' }, by)
    Object.assign(world.directory, { organization: () => ((ahead = 0), organization()) })
    expect((await world.process().app.keepAudit('worker')).prunedUpTo).toBeUndefined()
    expect((await world.app.auditPage(0, 1))[0]?.index).toBe(1)
  })

  it('removes nothing while Atlassian does not report the time, but still signs the log', async () => {
    const world = await worldWithOldLog()
    const { organization } = world.directory
    Object.assign(world.directory, { organization: () => Promise.reject(new DirectoryError('unavailable', 'gone')) })
    expect(await world.process().app.keepAudit('worker')).toMatchObject({
      signed: { why: 'day' },
      prunedUpTo: undefined,
    })
    Object.assign(world.directory, { organization })
    expect((await world.process().app.keepAudit('worker')).prunedUpTo).toBeGreaterThan(5)
  })

  it("is never emptied, because an entry's age also counts against the newest entry", async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world))
    world.system.advance(900 * day)
    expect((await world.app.keepAudit('worker')).prunedUpTo).toBeUndefined()
    await world.app.sync(by)
    const { prunedUpTo } = await world.app.keepAudit('worker')
    expect((await factsOf(world.app)).map(({ event }) => event)).toEqual(['synchronized', 'pruned'])
    expect(prunedUpTo).toBeGreaterThan(5)
  })

  it('keeps young entries, and keeps all entries for at least a year', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    expect((await world.app.keepAudit('worker')).prunedUpTo).toBeUndefined()
    await expect(world.app.setRetention(364, by)).rejects.toThrow(UsageError)
    expect(await world.app.setRetention(365, by)).toBe(365)
    expect(await world.app.retention()).toBe(365)
  })

  it.each(['3650 days', '', 'x', '30', '-1', '3650.5', 'NaN', 'null'])(
    'removes nothing while its retention is unreadable ("%s"), and reports that until somebody sets it again',
    async (stored) => {
      const world = await worldWithOldLog()
      await world.ports.store.putSetting('auditRetention', stored)
      expect((await world.app.keepAudit('worker')).prunedUpTo).toBeUndefined()
      expect((await world.app.auditPage(0, 1))[0]?.index).toBe(1)
      await expect(world.app.retention()).rejects.toThrow('Set it again')
      await world.app.setRetention(400, by)
      expect(await world.app.retention()).toBe(400)
      expect((await world.app.keepAudit('worker')).prunedUpTo).toBeGreaterThan(5)
    },
  )

  it('is signed once a day, after each run, and on request', async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world))
    world.system.advance(day)
    await world.app.sync(by)
    await world.app.keepAudit('worker')
    await world.app.keepAudit('worker')
    await world.app.checkpoint()
    expect((await world.app.checkpoints()).map(({ why }) => why)).toEqual(['run', 'day', 'asked'])
  })

  it('records that signing failed after a run, and is signed the next day', async () => {
    const world = worldOf(inactiveUsers(1))
    const plan = await syncAndPlan(world)
    const { sign } = world.ports.signer
    Object.assign(world.ports.signer, { sign: () => Promise.reject(new Error('the master key is missing')) })
    expect((await approveAndRun(world.app, plan)).status).toBe('finished')
    const last = (await factsOf(world.app)).at(-1)
    expect([last?.event, last?.reason]).toEqual(['checkpoint-failed', 'the master key is missing'])
    Object.assign(world.ports.signer, { sign })
    await world.app.keepAudit('worker')
    expect((await world.app.checkpoints()).map(({ why }) => why)).toEqual(['day'])
  })

  it('is compared with external checkpoints, and their signatures with its own key', async () => {
    const world = worldOf(inactiveUsers(1))
    await world.app.sync(by)
    const kept = await world.app.checkpoint()
    if (kept === undefined) throw new Error('nothing to sign')
    expect(await world.app.verifyAudit([kept])).toMatchObject({ ok: true })
    expect(await world.app.verifyAudit([{ ...kept, hash: 'f'.repeat(64) }])).toMatchObject({ ok: false })
    expect(await world.app.verifyAudit([{ ...kept, signature: 'x' }])).toMatchObject({ ok: false, index: kept.index })
    const other = memorySigner({ digest: sha256 }, 'another')
    const forged = { ...kept, publicKey: await other.publicKey() }
    expect(await world.app.verifyAudit([forged])).toMatchObject({ ok: false })
  })
})

describe('a person whose data was erased', () => {
  it('has no name in snapshots or beside the log, while the entries stay and the log verifies', async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world))
    expect(await world.app.erasePerson('inactive-0', by)).toMatchObject({ entries: 1, chained: 0 })
    expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
    const entries = await world.app.auditPage(0, 999)
    expect(JSON.stringify(entries)).not.toContain('inactive-0@acme.example')
    expect(JSON.stringify(entries)).not.toContain('Person inactive-0')
    expect((await world.app.accounts({ search: 'Person inactive-0' })).total).toBe(0)
    expect((await factsOf(world.app)).filter(({ subject }) => subject === 'inactive-0').length).toBeGreaterThan(2)
  })
})

const besideLog = async ({ app }: ReturnType<typeof worldOf>) =>
  JSON.stringify((await app.auditPage(0, 999)).map(({ personal }) => personal))

describe('an e-mail address in other places', () => {
  const address = 'inactive-0@acme.example'
  const withAddressEverywhere = async () => {
    const world = worldOf([...inactiveUsers(2), person('xinactive-0', { inactiveDays: 200 })])
    await world.app.sync(by)
    for (const subject of [`email:${address.toUpperCase()}`, `email:x${address}`, 'email:*@acme.example'])
      await world.app.protect({ subject, reason: 'leave' }, by)
    await world.app.protect({ subject: 'inactive-1', reason: 'stands in for Person inactive-0' }, by)
    const conditions = { not: { 'email-matches': address } }
    await world.app.importPolicy(policy({ name: 'all but one', conditions }), by)
    await world.app.importPolicy(policy({ name: 'everybody' }), by)
    await world.app.saveFilter({ name: 'her', filter: { search: address } }, by)
    await world.app.saveFilter({ name: 'all', filter: {} }, by)
    return world
  }

  it('is erased beside the log with its account, and Rollcall lists the places that still contain it', async () => {
    const world = await withAddressEverywhere()
    expect(await besideLog(world)).toContain(address)
    expect(await world.app.erasePerson('inactive-0', by)).toEqual({
      entries: 2,
      chained: 1,
      protections: [`email:${address.toUpperCase()}`, 'inactive-1'],
      policies: ['all but one'],
      filters: ['her'],
    })
    const beside = (await besideLog(world)).toLowerCase()
    expect(beside.replaceAll(`x${address}`, '')).not.toContain(address)
    expect(beside).toContain(`email:x${address}`)
    expect(await world.app.verifyAudit()).toMatchObject({ ok: true })
    expect(await world.app.protections()).toHaveLength(4)
  })

  it('can be erased again after its removal from the protected list was logged', async () => {
    const world = await withAddressEverywhere()
    const { protections } = await world.app.erasePerson('inactive-0', by)
    for (const subject of protections) await world.app.unprotect(subject, by)
    await world.app.deletePolicy('all but one', by)
    await world.app.removeFilter('her', by)
    const again = { entries: 1, chained: 0, protections: [], policies: [], filters: [] }
    expect(await world.app.erasePerson('inactive-0', by, ` ${address} `)).toEqual(again)
    expect((await besideLog(world)).toLowerCase().replaceAll(`x${address}`, '')).not.toContain(address)
  })

  it('is found in the log when no snapshot contains the account', async () => {
    const world = worldOf(inactiveUsers(1))
    await approveAndRun(world.app, await syncAndPlan(world))
    await world.app.protect({ subject: `email:${address}`, reason: 'leave' }, by)
    Object.assign(world.ports.store, { account: () => Promise.resolve(undefined) })
    expect(await world.app.erasePerson('inactive-0', by)).toMatchObject({
      entries: 2,
      protections: [`email:${address}`],
    })
    expect(await besideLog(world)).not.toContain(address)
  })

  it.each(['', 'nobody', 'a b@c', '@'])('must be valid ("%s" is not)', async (text) => {
    await expect(worldOf(inactiveUsers(1)).app.erasePerson('inactive-0', by, text)).rejects.toThrow(
      'is not an email address',
    )
  })
})

it('no fact of the log contains a name or an e-mail', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.sync(by)
  await world.app.protect({ subject: 'email:inactive-1@acme.example', reason: 'leave' }, by)
  await approveAndRun(world.app, await syncAndPlan(world))
  const facts = JSON.stringify(await factsOf(world.app))
  for (const text of ['inactive-0@', 'inactive-1@', 'Person inactive'])
    expect([text, facts.includes(text)]).toEqual([text, false])
})
