// The table descriptions match the result of SQLite's migrations, and fit into MySQL.

import { expect, it } from 'vitest'
import { tables } from '../src/tables.js'
import { open } from './fixtures.js'

const described = Object.entries(tables).map(([table, { columns, key, indexes = {}, unique = [] }]) => ({
  table,
  // SQLite distinguishes texts from numbers, and ignores lengths.
  columns: Object.entries(columns)
    .map(([name, type]) => `${name} ${/int/.test(type) ? 'number' : 'text'}${type.endsWith(' null') ? ' null' : ''}`)
    .toSorted(),
  key,
  indexes: Object.entries(indexes)
    .map(([by, of]) => `${table}_by_${by} (${of.join()})${unique.includes(by) ? ' unique' : ''}`)
    .toSorted(),
}))

it("the table descriptions equal SQLite's tables after all migrations", async () => {
  const { driver } = await open()
  const rows = (text: string) => driver.prepare(text).all() as Record<string, string | number>[]
  const columnsOf = (index: unknown) => rows(`select name from pragma_index_info('${index}')`).map(({ name }) => name)
  const found = rows(`select name from sqlite_master where type = 'table'`).map(({ name: table }) => {
    const columns = rows(`select * from pragma_table_info('${table}')`)
    return {
      table,
      columns: columns
        .map(
          ({ name, type, notnull }) => `${name} ${/int/i.test(`${type}`) ? 'number' : 'text'}${notnull ? '' : ' null'}`,
        )
        .toSorted(),
      key: columns
        .filter(({ pk }) => Number(pk) > 0)
        .toSorted((a, b) => Number(a['pk']) - Number(b['pk']))
        .map(({ name }) => name),
      indexes: rows(`select * from pragma_index_list('${table}') where origin = 'c'`)
        .map(({ name, unique }) => `${name} (${columnsOf(name).join()})${unique ? ' unique' : ''}`)
        .toSorted(),
    }
  })
  const byName = (a: { table: unknown }, b: { table: unknown }) => (`${a.table}` < `${b.table}` ? -1 : 1)
  expect(found.toSorted(byName)).toEqual(described.toSorted(byName))
})

it('no key is longer than 3,072 bytes at four bytes a character, the maximum of MySQL', () => {
  const lengthOf = (type = '') => (type.startsWith('varchar') ? 4 * Number(/\d+/.exec(type)?.[0]) : 8)
  for (const { columns, key, indexes = {} } of Object.values(tables))
    for (const one of [key, ...Object.values(indexes)]) {
      expect(one.filter((column) => columns[column]?.startsWith('text') ?? true)).toEqual([])
      expect(one.reduce((sum, column) => sum + lengthOf(columns[column]), 0)).toBeLessThanOrEqual(3072)
    }
})
