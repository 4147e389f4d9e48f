// Tests the judge of the kill tests. `npm run test:nightly` plants all bugs, every other test run only this one.

import { expect, it } from 'vitest'
import { cases, playPlanted } from './planted.js'

it('the judge catches a server that changes accounts without an intent in the audit log', async () => {
  const planted = cases.find(({ bug }) => bug === 'void [name, email]')
  if (planted === undefined) throw new Error('The planted bug is missing.')
  const { found } = await playPlanted(planted)
  expect(found.length).toBeGreaterThan(0)
})
