// Documents keep the field names of version 0.1.0, so that every version reads every database.

import { expect, it } from 'vitest'
import { open, snapshot, step } from './fixtures.js'

it('a snapshot is stored under the names of version 0.1.0 and reads back whole', async () => {
  const { driver, store } = await open()
  const counted = { anywhere: { people: 9, inactive: [1, 2] } }
  const baselines = { baseline: 5, baselineIn: { anywhere: [5, null] }, acceptedAsBaseline: true as const }
  const written = snapshot('s', { asOf: 1, inactive: 3, inactiveIn: counted, ...baselines })
  await store.putSnapshot(written)
  expect(await store.snapshots(1)).toEqual([written])
  const doc = JSON.parse(driver.prepare('select doc from snapshots').pluck().get() as string) as object
  expect(doc).toMatchObject({
    quiet: 3,
    quietIn: { anywhere: { people: 9, quiet: [1, 2] } },
    usual: 5,
    usualIn: { anywhere: [5, null] },
    takenAsUsual: true,
  })
  for (const name of Object.keys(baselines)) expect(doc).not.toHaveProperty(name)
})

it('a step is stored under the names of version 0.1.0 and reads back whole', async () => {
  const { driver, store } = await open()
  const lease = (await store.claimLease('worker', 0, 100)) ?? expect.fail('another process holds the lease')
  const written = step('r', 0, { state: 'sent', sentAt: 7 })
  await store.putStep(written, lease)
  expect(await store.steps(written.runId)).toEqual([written])
  expect(JSON.parse(driver.prepare('select doc from steps').pluck().get() as string)).toMatchObject({ leftAt: 7 })
})
