// The audit check compares an intact hash chain with what the store remembers.

import { expect, it } from 'vitest'
import { createApp, type AuditLog } from '../src/index.js'
import { by, syncAndPlan, inactiveUsers, approveAndRun, worldOf } from './flow.js'

/** A world after a run, and an app that sees only the first entries of its log. */
async function afterRun() {
  const world = worldOf(inactiveUsers(3))
  await approveAndRun(world.app, await syncAndPlan(world))
  const all = (await world.ports.auditLog.head())?.index ?? 0
  const seeing = (entries: number) => {
    const { auditLog } = world.ports
    const cut: AuditLog = {
      ...auditLog,
      read: async (after, limit) => (await auditLog.read(after, limit)).filter(({ index }) => index <= entries),
      head: async () => (await auditLog.read(entries - 1, 1))[0],
    }
    const options = { organizationId: world.organization.organization.id, owner: 'auditor' }
    return createApp({ ...world.ports, auditLog: cut }, options)
  }
  return { world, all, seeing }
}

it('verifies a complete log', async () => {
  const { all, seeing } = await afterRun()
  expect(await seeing(all).verifyAudit()).toMatchObject({ ok: true, entries: all })
})

it('rejects a log without its last entries, even though its chain is intact', async () => {
  const { all, seeing } = await afterRun()
  for (let entries = 1; entries < all; entries += 1)
    expect(await seeing(entries).verifyAudit()).toMatchObject({ ok: false, index: entries + 1 })
})

it('verifies a log that lacks only results that no run remembers', async () => {
  const { world } = await afterRun()
  await world.app.stop(by)
  expect((await world.app.verifyAudit()).ok).toBe(true)
})
