// The memory ports meet the port contracts. Planted faults show that the contracts detect violations.

import { describe, expect, it } from 'vitest'
import type { AuditLog, Store } from '../src/index.js'
import {
  auditLogContract,
  directoryContract,
  manualSystem,
  memoryAuditLog,
  memoryDirectory,
  memoryStore,
  organization,
  person,
  type Promised,
  storeContract,
} from '../src/testing/index.js'

const people = Array.from({ length: 250 }, (_, n) =>
  person(`p${n}`, { groups: [n % 2 ? 'jira-users' : 'confluence-users'] }),
)

describe('the store in memory', () => {
  for (const { promise, check } of storeContract) it(promise, () => check(memoryStore()))
})
describe('the audit log in memory', () => {
  for (const { promise, check } of auditLogContract) it(promise, () => check(memoryAuditLog(manualSystem())))
})
describe('the directory in memory', () => {
  for (const { promise, check } of directoryContract)
    it(promise, () => check(memoryDirectory(organization(people), { system: manualSystem() })))
})

/** Counts the promises that a port breaks. */
async function broken<Port>(contract: readonly Promised<Port>[], make: () => Port): Promise<number> {
  let count = 0
  for (const { check } of contract)
    await check(make()).catch(() => {
      count += 1
    })
  return count
}

const badStores: Readonly<Record<string, (store: Store) => Partial<Store>>> = {
  'lets a terminal step change': (store) => {
    const steps = new Map<number, Awaited<ReturnType<Store['steps']>>[number]>()
    return {
      ...store,
      putStep: async (step) => steps.set(step.position, step).size > 0,
      steps: async () => [...steps.values()],
    }
  },
  'updates a run from any revision': () => ({ updateRun: async () => true }),
  'gives the lease to every process': () => ({
    claimLease: async (owner, _now, until) => ({ token: 1, owner, until }),
  }),
  'writes steps of a process that lost its lease': () => ({ putStep: async () => true }),
  'forgets the cursor of a page': (store) => ({
    accounts: async (query) => ({ accounts: (await store.accounts(query)).accounts }),
  }),
  'refunds intents of failed steps': () => ({ intentsSince: async () => 0 }),
  'returns an altered plan': (store) => ({
    plan: async (id) => ({ ...(await store.plan(id)), madeBy: 'eve' }) as never,
  }),
}
describe('the store contract detects a store that', () => {
  it.each(Object.entries(badStores))('%s', async (_, spoil) => {
    expect(
      await broken(storeContract, () => {
        const store = memoryStore()
        return { ...store, ...spoil(store) }
      }),
    ).toBeGreaterThan(0)
  })
})

const badLogs: Readonly<Record<string, (log: AuditLog) => AuditLog>> = {
  'loses an entry': (log) => ({ ...log, read: async (after, limit) => (await log.read(after, limit)).slice(1) }),
  'has a way to delete': (log) => Object.assign({ delete: () => undefined }, log),
  'reorders entries': (log) => ({ ...log, read: async (after, limit) => (await log.read(after, limit)).toReversed() }),
}
describe('the audit log contract detects a log that', () => {
  it.each(Object.entries(badLogs))('%s', async (_, spoil) => {
    expect(await broken(auditLogContract, () => spoil(memoryAuditLog(manualSystem())))).toBeGreaterThan(0)
  })
})
