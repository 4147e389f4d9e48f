// A response that is too large for the platform becomes an error instead of getting lost.

import { expect, it } from 'vitest'
import { inSize } from '@rollcall/forge/response-size'

it('a response within the limit passes, and a larger one becomes an error with its size', () => {
  const available = 4_500_000 - JSON.stringify({ value: '' }).length
  const fits = { value: 'x'.repeat(available) }
  expect(inSize(fits)).toBe(fits)
  expect(inSize({ value: 'x'.repeat(available + 1) })).toMatchObject({
    error: { code: 'too-large', message: expect.stringMatching(/^This response has 4\.5 MB/) },
  })
  expect(inSize({ value: 'é'.repeat(available) })).toHaveProperty('error')
})
