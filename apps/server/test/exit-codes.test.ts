import { expect, it } from 'vitest'
import { explain } from '../src/exit-codes.js'

it('an error about invalid JSON never quotes the text, which may contain a key', () => {
  let failure: unknown
  try {
    JSON.parse('{"readKey": Secret}')
  } catch (thrown) {
    failure = thrown
  }
  expect(String(failure)).toContain('Secret')
  const { exitCode, sentence } = explain(failure)
  expect([exitCode, sentence]).toEqual([1, expect.stringContaining('JSON')])
  expect(sentence).not.toContain('Secret')
})
