// The API contract: compares all requests and responses of the test run with Atlassian's OpenAPI files.

import { join } from 'node:path'
import { readdirSync, statSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createJudge, type Verdict } from './judge.js'
import { knownMistakes } from './known-mistakes.js'
import { correctedApis } from './corrected.js'
import { missingSpecs, specsFolder } from './openapi.js'
import { outside } from './outside.js'
import { drive } from './recordings/drive.js'
import { readRecordings, type Recorded } from './recordings/read.js'

const recordings = process.env['ROLLCALL_SIMULATOR_EXCHANGES'] ?? ''
const inCi = (process.env['CI'] ?? '') !== ''
const absent =
  `Atlassian's OpenAPI files are missing: ${missingSpecs.join(', ')}. ` +
  `Put them into ${specsFolder} (../shared/specs beside the clone), or name their folder in ROLLCALL_SPECS.`
const skipped = missingSpecs.length > 0 && !inCi
if (skipped) console.warn(`The API contract is skipped. ${absent}`)

/** Tests of the simulator itself also send wrong requests, to see it refuse them. */
const asksWrongly = ({ source }: Recorded) => source.startsWith('packages/simulator/')
/** Stories that start programs and send nothing to Atlassian. */
const silentStories = ['26-the-built-command-runs.test.ts']
const storiesThatRan = () => {
  const folder = join(recordings, 'tests', 'stories')
  return statSync(folder, { throwIfNoEntry: false }) === undefined
    ? []
    : readdirSync(folder).filter((story) => !silentStories.includes(story))
}
const countOf = ({ request, answer }: Verdict) => request.length + answer.length
const clients = [
  'GET /admin/v1/orgs/{orgId}',
  'GET /admin/v2/orgs/{orgId}/directories',
  'POST /admin/v2/orgs/{orgId}/workspaces',
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search',
  'GET /admin/v2/orgs/{orgId}/directories/{directoryId}/users/count',
  'GET /admin/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}/role-assignments',
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}/suspend',
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}/restore',
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/groups/search',
  'GET /admin/v2/orgs/{orgId}/directories/{directoryId}/groups/{groupId}/role-assignments',
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/groups/{groupId}/memberships',
  'DELETE /admin/v2/orgs/{orgId}/directories/{directoryId}/groups/{groupId}/memberships/{accountId}',
  'GET /users/{account_id}/manage',
  'POST /users/{account_id}/manage/lifecycle/disable',
  'POST /users/{account_id}/manage/lifecycle/enable',
]

it.skipIf(skipped)('the official OpenAPI files are there', () => {
  expect(missingSpecs, absent).toEqual([])
})

describe.skipIf(missingSpecs.length > 0)('the API contract', () => {
  let judged: readonly (Recorded & { readonly verdict: Verdict })[] = []
  const said = (complaints: readonly string[], { source }: Recorded) => complaints.map((one) => `${one} (${source})`)

  beforeAll(async () => {
    if (recordings === '') throw new Error('vitest.config.ts does not say where the simulators record.')
    process.env['ROLLCALL_SIMULATOR_EXCHANGES'] = join(recordings, 'tests', 'contract')
    await drive()
    const judge = createJudge(correctedApis())
    judged = readRecordings(recordings).map((one) => ({ ...one, verdict: judge(one.exchange) }))
  }, 120_000)

  it('Atlassian documents every request of the client', () => {
    const asked = judged.filter((one) => !asksWrongly(one))
    expect([...new Set(asked.flatMap((one) => said(one.verdict.request, one)))]).toEqual([])
  })

  it('Atlassian documents every response of the simulator', () => {
    const spoiled = judged.filter(({ exchange }) => exchange.fault !== undefined).length
    console.info(
      `API contract: ${judged.length} exchanges; ${spoiled} responses left out, because injected faults made them.`,
    )
    expect([...new Set(judged.flatMap((one) => said(one.verdict.answer, one)))]).toEqual([])
  })

  it('the simulator refuses undocumented paths, with the listed exceptions', () => {
    const strange = judged
      .filter(({ exchange, verdict }) => verdict.operation === undefined && (exchange.status ?? 404) < 400)
      .map((one) => ({ ...one, asked: `${one.exchange.method} ${one.exchange.url.split('?')[0]}` }))
      .filter((one) => !asksWrongly(one) || !outside.some(({ request }) => request.test(one.asked)))
    expect(strange.map(({ asked, source }) => `${asked} (${source})`)).toEqual([])
  })

  it('the client made every kind of request, and each story that ran was recorded', () => {
    const succeeded = new Set(
      judged
        .filter(({ exchange, source }) => (exchange.status ?? 0) < 300 && !source.startsWith('packages/simulator/'))
        .map(({ verdict }) => verdict.operation),
    )
    expect(clients.filter((name) => !succeeded.has(name))).toEqual([])
    const sources = new Set(judged.map(({ source }) => source))
    expect(storiesThatRan().filter((story) => !sources.has(join('tests', 'stories', story)))).toEqual([])
  })

  it('each operation succeeded at least once', () => {
    const succeeded = new Set(
      judged.flatMap(({ exchange, verdict }) => ((exchange.status ?? 500) < 300 ? [verdict.operation] : [])),
    )
    expect([...new Set(judged.map(({ verdict }) => verdict.operation))].filter((name) => !succeeded.has(name))).toEqual(
      [],
    )
  })

  for (const mistake of knownMistakes)
    it(`is still a mistake: ${mistake.operation.source}, ${mistake.where}: ${mistake.what}`, () => {
      const strict = createJudge(correctedApis(mistake))
      const needed = judged.some(
        ({ exchange, verdict }) =>
          verdict.operation !== undefined &&
          mistake.operation.test(verdict.operation) &&
          countOf(strict(exchange)) > countOf(verdict),
      )
      expect(needed, 'no exchange needs it any more: remove it from the list').toBe(true)
    })
})
