// Saved filters: by name, for everybody, kept whatever others save at the same moment.

import { expect, it } from 'vitest'
import { by, quiet, worldOf } from './flow.js'

const inactive = { name: 'Quiet for a quarter', filter: { inactiveFor: '90d', managed: true } }

it('a saved filter is there for everybody, by name, and is replaced by another one of its name', async () => {
  const world = worldOf(quiet(2))
  await world.app.saveFilter(inactive)
  await world.process().app.saveFilter({ name: 'Administrators', filter: { inGroup: 'org-admins' } })
  expect((await world.process().app.savedFilters()).map(({ name }) => name)).toEqual([
    'Administrators',
    'Quiet for a quarter',
  ])
  const replaced = await world.app.saveFilter({ name: 'quiet FOR a quarter', filter: { inactiveFor: '60d' } })
  expect(replaced).toEqual([
    { name: 'Administrators', filter: { inGroup: 'org-admins' } },
    { name: 'quiet FOR a quarter', filter: { inactiveFor: '60d' } },
  ])
})

it('two admins who save at the same moment both find theirs', async () => {
  const world = worldOf(quiet(2))
  const names = ['a', 'b', 'c', 'd']
  await Promise.all(names.map((name) => world.process().app.saveFilter({ ...inactive, name })))
  expect((await world.app.savedFilters()).map(({ name }) => name)).toEqual(names)
})

it('a removed filter is gone, and removing it again is no trouble', async () => {
  const world = worldOf(quiet(2))
  await world.app.saveFilter(inactive)
  expect(await world.app.removeFilter('QUIET for a quarter')).toEqual([])
  expect(await world.app.removeFilter(inactive.name)).toEqual([])
})

it.each([
  [{ name: '  ', filter: {} }, /name must not be empty/],
  [{ name: 'x'.repeat(81), filter: {} }, /name must be at most 80 characters/],
  [{ name: 'odd', filter: { inactiveFor: 'soon' } }, /inactiveFor must be a duration/],
  [{ name: 'odd', filter: { limit: 5 } }, /limit/],
])('what is no filter is not saved: %j', async (wanted, why) => {
  const world = worldOf(quiet(2))
  await expect(world.app.saveFilter(wanted)).rejects.toThrow(why)
  expect(await world.app.savedFilters()).toEqual([])
})

it('a hundred filters are enough, and a list that cannot be read is none', async () => {
  const world = worldOf(quiet(2))
  for (let number = 0; number < 100; number += 1) await world.app.saveFilter({ ...inactive, name: `filter ${number}` })
  await expect(world.app.saveFilter(inactive)).rejects.toThrow('There are 100 saved filters already')
  await world.app.saveFilter({ ...inactive, name: 'filter 7' })
  await world.ports.store.putSetting('saved-filters', '{"half": ')
  expect(await world.app.savedFilters()).toEqual([])
  await world.app.sync(by)
  expect(await world.app.saveFilter(inactive)).toEqual([inactive])
})
