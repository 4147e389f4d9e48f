// Both verifiers find every tampering at its index, and never reject an unchanged log.

import { beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from '@rollcall/core'
import { checkpointAt } from '@rollcall/core/testing'
import { randomOf } from '../simulation/random.js'
import { makeLog, type Log } from './logs.js'
import { tamperings } from './tamperings.js'
import { linesOf, product, singleFile, singleFileOver, singleFileSays } from './verifiers.js'

let log: Log
let key: string
beforeAll(async () => {
  log = await makeLog(10, 120)
  key = await log.signer.publicKey()
})

describe.each(Object.entries(tamperings))('%s', (name, tamper) => {
  it('is found by the product at the right index, wherever it is', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const tampered = await tamper(log, randomOf(seed))
      expect([name, seed, await product(tampered, key)]).toEqual([name, seed, tampered.index])
    }
  })

  it('is found by the single file as well', async () => {
    const tampered = await tamper(log, randomOf(99))
    expect(singleFile(tampered, key)).toBe(tampered.index)
  })
})

it('an unchanged log always verifies, also with erased names and without its oldest entries', async () => {
  let [pruned, erased] = [0, 0]
  for (let seed = 1; seed <= 60; seed += 1) {
    const clean = await makeLog(seed, 5 + seed)
    pruned += (clean.entries[0]?.index ?? 1) > 1 ? 1 : 0
    erased += clean.entries.some(({ fact }) => fact.event === 'forgotten') ? 1 : 0
    expect([seed, await product(clean)]).toEqual([seed, undefined])
    if (seed % 15 === 0) expect([seed, singleFile(clean)]).toEqual([seed, undefined])
  }
  expect(Math.min(pruned, erased)).toBeGreaterThan(3)
})

it('only a checkpoint stored elsewhere reveals that the end after the last checkpoint was cut off', async () => {
  const whole = await makeLog(2, 60)
  expect(whole.entries[0]?.index).toBe(1)
  const cut = { entries: whole.entries.slice(0, 20), checkpoints: [] }
  expect(await product(cut)).toBeUndefined()
  expect(await product({ ...cut, checkpoints: whole.checkpoints })).toBe(21)
  const lines = linesOf(cut)
  expect(singleFileOver(lines)).toBeUndefined()
  expect(singleFileOver(lines, undefined, linesOf({ ...whole, entries: [] }))).toBe(21)
  const bare = whole.checkpoints.map((one) => `${JSON.stringify(one)}\n`).join('')
  expect(singleFileOver(lines, undefined, bare)).toBe(21)
})

it.each([
  ['no JSON', (line: string) => line.slice(0, -9)],
  ['null', () => 'null'],
  ['a number', () => '7'],
  ['names without salt', (line: string) => JSON.stringify({ ...JSON.parse(line), personal: null })],
])('the single file names the entry whose line is %s', (_what, spoil) => {
  const lines = linesOf(log).split('\n')
  const first = log.entries[0]?.index ?? 1
  expect(singleFileOver(lines.map((line, n) => (n === 4 ? spoil(line) : line)).join('\n'))).toBe(first + 4)
})

it('the single file reads lines of any length, with any line endings', () => {
  const padding = ' '.repeat(3 << 20)
  expect(singleFileOver(linesOf(log).replaceAll('\n', '\r\n').replace('{', `{${padding}`))).toBeUndefined()
  expect(singleFileOver(linesOf(log).trimEnd())).toBeUndefined()
})

it('for a log without its beginning the single file says which key it trusts, unless the key is given', async () => {
  const unknown = /begins at entry \d+.*compare/is
  const whole = await makeLog(2, 60)
  const [from] = whole.entries.slice(20)
  const anchor = { index: (from?.index ?? 0) - 1, hash: from?.previous ?? '' }
  const kept: Checkpoint[] = []
  const auditLog = { addCheckpoint: async (one: Checkpoint) => void kept.push(one) }
  const ports = { auditLog, signer: whole.signer, system: { now: () => 0 } } as never
  await checkpointAt(anchor, 'pruned', ports)
  const lines = linesOf({ entries: whole.entries.slice(20), checkpoints: kept })
  expect(singleFileSays(lines)).toEqual({ status: 0, stdout: expect.stringMatching(unknown) })
  const words = [await whole.signer.publicKey(), undefined] as const
  expect(singleFileSays(lines, ...words)).toEqual({ status: 0, stdout: expect.not.stringMatching(unknown) })
  const elsewhere = linesOf({ entries: [], checkpoints: whole.checkpoints.slice(0, 1) })
  expect(singleFileSays(lines, undefined, elsewhere)).toEqual({ status: 0, stdout: expect.not.stringMatching(unknown) })
  expect(singleFileSays(linesOf(whole))).toEqual({ status: 0, stdout: expect.not.stringMatching(unknown) })
})
