// A fresh installation that several people open at once makes its schema once.

import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '@rollcall/simulator'
import { startApp, withoutForge } from './host.js'

describe.skipIf(withoutForge)('a fresh installation', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it('that four open at once answers all of them, within the changes of the schema that a minute allows', async () => {
    const simulator = await startSimulator({ users: 10 })
    const host = await startApp(simulator.url)
    closing.push(
      () => host.close(),
      () => simulator.close(),
    )
    const answers = await Promise.all(Array.from({ length: 4 }, () => host.resolve('overview')))
    for (const answer of answers) expect(answer).toHaveProperty('value')
    const { sql, refused } = host.counts()
    expect(sql.ddl).toBeLessThanOrEqual(20)
    expect(refused).toEqual({})
  })
})
