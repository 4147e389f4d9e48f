// An email address never enters the chain by a sentence of Rollcall, and a policy that names somebody who left is visible.

import { describe, expect, it } from 'vitest'
import { day } from '../src/index.js'
import { person, policy, site } from '../src/testing/index.js'
import { approveAndRun, by, daily, factsOf, inactiveUsers, reasonsOf, syncAndPlan, worldOf } from './flow.js'

const jane = 'jane.doe@acme.example'
const conditions = { all: [{ 'inactive-for': '90d' }, { not: { 'email-matches': jane } }] }
const world = () => worldOf([...inactiveUsers(2), person('jane', { email: jane, name: 'Jane Doe' })])

/** A daily policy that excludes Jane; she leaves before it fires. */
async function fired() {
  const opened = world()
  const { app, organization, system } = opened
  const read = policy({ schedule: daily, approval: 'automatic', conditions })
  await app.importPolicy(read, by)
  await app.sync(by)
  await app.planStored(read.name, by)
  await app.enablePolicy(read.name, by)
  organization.people.delete('jane' as never)
  system.advance(day)
  expect(await app.fireDue(by)).toEqual([])
  return { ...opened, name: read.name }
}

describe('a policy that names somebody who left', () => {
  it('is refused without the address in the chain, which can be erased', async () => {
    const { app } = await fired()
    const refused = (await factsOf(app)).filter(({ event }) => event === 'refused')
    expect(refused.map(({ reason }) => reason)).toEqual([expect.stringContaining('have the address (email address).')])
    expect(JSON.stringify(await factsOf(app))).not.toContain(jane)
    expect(await app.erasePerson('jane', by, jane)).toMatchObject({ chained: 0 })
  })

  it('needs attention, with what to do, until it makes a plan again', async () => {
    const { app, organization, system, name } = await fired()
    const shown = async () => (await app.attention()).filter(({ kind }) => kind === 'policy')
    expect(await shown()).toEqual([
      expect.objectContaining({
        remedy: 'correct-names',
        message: expect.stringContaining(`The schedule of "${name}"`),
      }),
    ])
    const back = person('jane', { email: jane, name: 'Jane Doe' })
    organization.people.set(back.accountId, back)
    system.advance(day)
    await app.fireDue(by)
    expect(await shown()).toEqual([])
  })
})

it('a skip at the last look names no address in the chain', async () => {
  const { app, organization } = world()
  const cleanup = {
    scope: { site, product: 'jira-software' },
    conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'email-matches': 'jane.*@acme.example' } }] },
  }
  const plan = await syncAndPlan({ app }, cleanup)
  const one = organization.people.get('inactive-0' as never)
  if (one === undefined) throw new Error('nobody')
  organization.people.set(one.accountId, { ...one, email: 'jane.roe@acme.example' })
  const run = await approveAndRun(app, plan)
  expect(run.counts.skipped).toBe(1)
  expect(await reasonsOf(app, run.runId)).toContain('email matches jane.*@acme.example')
  const chained = JSON.stringify((await factsOf(app)).filter(({ event }) => event === 'result'))
  expect(chained).toContain('email matches (email address)')
  expect(chained).not.toContain('jane.')
})
