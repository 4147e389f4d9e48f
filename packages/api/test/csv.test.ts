// A row stays a row, and a cell a text, whatever somebody has called themselves.

import { expect, it } from 'vitest'
import type { AccountView } from '@rollcall/core'
import { csvRow } from '../src/csv.js'
import { accountTable } from '../src/tables.js'

it.each([
  ['a line break', ['x\n=1+1', 'b'], '"x\n=1+1",b\r\n'],
  ['a carriage return', ['x\r=1+1'], '"x\r=1+1"\r\n'],
  ['a quote and a comma', ['a"b', 'c,d'], '"a""b","c,d"\r\n'],
  ['what begins like a formula', ['=1+1', '@x', '-1'], "'=1+1,'@x,'-1\r\n"],
])('%s stays inside its cell', (_, cells, row) => {
  expect(csvRow(cells)).toBe(row)
})

it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])('%j is no formula', (cell) => {
  expect(csvRow([cell]).replaceAll('"', '')).toBe(`'${cell}\r\n`)
})

it('a person whose name, address and groups are formulas is a row of text', () => {
  const hostile = '=HYPERLINK("https://evil.example","click")'
  const account = {
    ...{ accountId: '712020:a', name: hostile, email: `${hostile}@x.example`, managed: true, synced: false },
    ...{ accountStatus: 'active', membershipStatus: 'active', protected: { by: hostile }, groups: [hostile, 'b'] },
    ...{ lastActive: { unknown: hostile }, products: [] },
  } as unknown as AccountView
  const line = accountTable.line(account)
  expect(line.match(/"'=HYPERLINK\(""https/g)).toHaveLength(4)
  expect(line).not.toMatch(/(^|,|\n)"?[=+@]/)
})
