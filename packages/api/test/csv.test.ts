// CSV: a row stays a row and a cell stays text, whatever names people choose.

import { expect, it } from 'vitest'
import { csvRow } from '../src/csv.js'
import type { AccountView } from '../src/responses/account.js'
import { accountTable } from '../src/tables.js'

it.each([
  ['a line break', ['x\ny', 'b'], '"x\ny",b\r\n'],
  ['a carriage return', ['x\ry'], '"x\ry"\r\n'],
  ['a semicolon', ['x;y', 'b'], '"x;y",b\r\n'],
  ['a tab', ['x\ty'], '"x\ty"\r\n'],
  ['a quote and a comma', ['a"b', 'c,d'], '"a""b","c,d"\r\n'],
  ['a text that begins like a formula', ['=1+1', '@x', '-1'], "'=1+1,'@x,'-1\r\n"],
])('%s stays inside its cell', (_, cells, row) => {
  expect(csvRow(cells)).toBe(row)
})

it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
  '%j does not become a formula',
  (cell) => {
    expect(csvRow([cell]).replaceAll('"', '')).toBe(`'${cell}\r\n`)
  },
)

/** Splits a row like a spreadsheet with another separator, which ignores quotes inside a line. */
const splitAt = (separator: string, row: string): readonly string[] =>
  row.split(separator).map((cell) => cell.replaceAll('"', '').trim())

it.each([
  ["x;=cmd|'/c calc'!A1"],
  ['x; =1+1'],
  ['x;"=1+1"'],
  ['x\t=1+1'],
  ['x\n=1+1'],
  ['x\r\n=1+1'],
  ['x;+1;-1;@x'],
  ['x;＝1'],
  ['a;;;=1'],
])('%j does not become a formula in a spreadsheet that splits at semicolons, tabs or lines', (cell) => {
  const row = csvRow(['a', cell, 'b'])
  const cells = [';', '\t', '\n', '\r'].flatMap((separator) => splitAt(separator, row))
  expect(cells.filter((one) => /^[=+\-@＝＋－＠]/.test(one))).toEqual([])
})

it('a text with a sign inside stays unchanged', () => {
  expect(csvRow(['a=b; c-d', 'mia@acme.example; noah@acme.example'])).toBe(
    '"a=b; c-d","mia@acme.example; noah@acme.example"\r\n',
  )
})

it('groups and products that look like formulas stay inside their joined cell', () => {
  const hostile = "=cmd|'/c calc'!A1"
  const account = {
    accountId: '712020:a',
    name: 'Ann',
    email: '',
    managed: true,
    synced: false,
    protected: null,
    accountStatus: 'active',
    membershipStatus: 'active',
    groups: ['a', hostile, 'c'],
    lastActive: { unknown: `x;${hostile}` },
    products: ['jira', hostile].map((product) => ({ product, site: 'acme', lastActive: { at: '2026-11-24' } })),
  } as unknown as AccountView
  const row = accountTable.line(account)
  expect(row).toContain('"a; \'=cmd')
  expect(splitAt(';', row).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
})

it('an account whose name, address and groups look like formulas becomes a row of text', () => {
  const hostile = '=HYPERLINK("https://evil.example","click")'
  const account = {
    accountId: '712020:a',
    name: hostile,
    email: `${hostile}@x.example`,
    managed: true,
    synced: false,
    accountStatus: 'active',
    membershipStatus: 'active',
    protected: { by: hostile },
    groups: [hostile, 'b'],
    lastActive: { unknown: hostile },
    products: [],
  } as unknown as AccountView
  const line = accountTable.line(account)
  expect(line.match(/"'=HYPERLINK\(""https/g)).toHaveLength(4)
  expect(line).not.toMatch(/(^|,|\n)"?[=+@]/)
})
