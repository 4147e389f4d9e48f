// Compares the map in docs/proofs.md with the repository: every guardrail, invariant and fault has its code and its test.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(`${root}docs/proofs.md`, 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[GIF]\d+$/.test(id))
const ids = (letter: string, numbers: readonly number[]) => numbers.map((n) => `${letter}${n}`)
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1)
/** Warnings (G10), worst-case days in the editor (G18) and savings (G19) are planned for later versions; the page says so. */
const later = [10, 18, 19]

it.each(later)('says that G%i is not built yet', (n) => {
  expect(page).toMatch(new RegExp(`\\*\\*Not built yet:\\*\\*.*\\(G${n}\\)`))
})

it('names every guardrail, invariant and fault once', () => {
  const guardrails = upTo(17).filter((n) => !later.includes(n))
  expect(rows.map(([, id]) => id)).toEqual([...ids('G', guardrails), ...ids('I', upTo(13)), ...ids('F', upTo(27))])
})

it.each(rows.map(([, id = '', , code = '', test = '', says = '']) => [id, code, test, says] as const))(
  '%s refers to existing code, and to a test that contains the quoted words',
  (_id, code, test, says) => {
    for (const file of `${code}, ${test}`.matchAll(/`([^`]+)`/g))
      expect([file[1], existsSync(root + file[1])]).toEqual([file[1], true])
    const text = readFileSync(root + test.replaceAll('`', ''), 'utf8')
    expect(text).toContain(says.replaceAll(/[“”]/g, '').trim())
  },
)
