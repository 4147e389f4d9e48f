// An answer that is too large for a page is said to be, instead of getting lost.

import { expect, it } from 'vitest'
import { inSize } from '@rollcall/forge/response-size'

it('an answer of as much as a page takes is given, and of a larger one its size is said', () => {
  const room = 4_500_000 - JSON.stringify({ value: '' }).length
  const fits = { value: 'x'.repeat(room) }
  expect(inSize(fits)).toBe(fits)
  expect(inSize({ value: 'x'.repeat(room + 1) })).toMatchObject({
    error: { code: 'too-large', message: expect.stringMatching(/^This response has 4\.5 MB/) },
  })
  expect(inSize({ value: 'é'.repeat(room) })).toHaveProperty('error')
})
