import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sha256 } from '../src/testing/index.js'

it('the test digest is SHA-256 for every length around a block and for every script', async () => {
  const texts = Array.from({ length: 200 }, (_, length) => 'é𝄞x'.repeat(length).slice(0, length))
  for (const text of [...texts, 'x'.repeat(100_000), '日本語', '\ud800'])
    expect(await sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
})
