// Response checks: a response that does not match its schema fails with the name of its operation.

import { expect, it } from 'vitest'
import { z } from 'zod'
import { checkResponse } from '../src/check-response.js'

const schema = z.object({
  runs: z.array(z.object({ runId: z.string(), reason: z.string().nullable(), at: z.string().optional() })),
  details: z.record(z.string(), z.unknown()),
})
const given = { runs: [{ runId: 'r1', reason: null }], details: { any: { thing: 1 } } }
const check = (value: unknown) => () => checkResponse('GET /runs', schema, value)

it('accepts a matching response, and treats undefined fields as absent', () => {
  expect(check(given)).not.toThrow()
  expect(check({ ...given, runs: [{ runId: 'r1', reason: null, at: undefined }] })).not.toThrow()
})

it.each([
  ['is missing', { details: {}, runs: [{ runId: 'r1' }] }, 'runs.0.reason: '],
  ['has another type', { ...given, runs: [{ runId: 1, reason: null }] }, 'runs.0.runId: '],
  ['is unknown', { ...given, total: 1 }, 'total: not in the schema'],
  ['is unknown at a deeper level', { ...given, runs: [{ runId: 'r1', reason: null, who: 'x' }] }, 'runs.0.who: not in'],
])('a field that %s fails with its path', (_, value, problem) => {
  expect(check(value)).toThrow('The response of GET /runs breaks its schema.')
  expect(check(value)).toThrow(problem)
})
