// A fresh installation creates its schema once, even if several users open it at the same time.

import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '@rollcall/simulator'
import { startApp, withoutForge } from './host.js'

describe.skipIf(withoutForge)('a fresh installation', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it('serves four users who open it at once, within the schema changes that the platform allows per minute', async () => {
    const simulator = await startSimulator({ users: 10 })
    const host = await startApp(simulator.url)
    closing.push(
      () => host.close(),
      () => simulator.close(),
    )
    const responses = await Promise.all(Array.from({ length: 4 }, () => host.resolve('overview')))
    for (const response of responses) expect(response).toHaveProperty('value')
    const { sql, refused } = host.counts()
    expect(sql.ddl).toBeLessThanOrEqual(20)
    expect(refused).toEqual({})
  })
})
