// Compares the table of faults with the test files: each fault has one file, and 25 use real HTTP.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(folder).filter((file) => /^F\d\d-/.test(file))
const text = (file: string) => readFileSync(folder + file, 'utf8')

it('F1 to F27 have one file each, with a test that carries its number', () => {
  const numbers = files.map((file) => Number(file.slice(1, 3)))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, n) => n + 1))
  for (const file of files) expect([file, text(file).includes(`'F${Number(file.slice(1, 3))}: `)]).toEqual([file, true])
})

it('25 use real HTTP: all but the dates of F9 and the policies of F24', () => {
  expect(files.filter((file) => text(file).includes('openWorld(')).length).toBe(25)
})
