import { expect, it } from 'vitest'
import { explain } from '../src/exit-codes.js'

it('what could not be read as JSON is told without its text, which may hold a key', () => {
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
