// The judge of a killed server is judged as well. `npm run test:nightly` plants all bugs, every other test run this one.

import { expect, it } from 'vitest'
import { cases, liveWith } from './planted.js'

it('a server that changes accounts without an intent in the audit log is caught', async () => {
  const planted = cases.find(({ bug }) => bug === 'void [name, email]')
  if (planted === undefined) throw new Error('The bug is not planted any more.')
  const { found } = await liveWith(planted)
  expect(found.length).toBeGreaterThan(0)
})
