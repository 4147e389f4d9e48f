// Saved filters: shared, found by name, and safe against concurrent saves.

import { expect, it } from 'vitest'
import { by, factsOf, inactiveUsers, worldOf } from './flow.js'

const inactive = { name: 'Inactive for a quarter', filter: { inactiveFor: '90d', managed: true } }

it('shares a saved filter by name, and replaces it with a new one of the same name', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.saveFilter(inactive, by)
  await world.process().app.saveFilter({ name: 'Administrators', filter: { inGroup: 'org-admins' } }, by)
  expect((await world.process().app.savedFilters()).map(({ name }) => name)).toEqual([
    'Administrators',
    'Inactive for a quarter',
  ])
  const replaced = await world.app.saveFilter({ name: 'inactive FOR a quarter', filter: { inactiveFor: '60d' } }, by)
  expect(replaced).toEqual([
    { name: 'Administrators', filter: { inGroup: 'org-admins' } },
    { name: 'inactive FOR a quarter', filter: { inactiveFor: '60d' } },
  ])
})

it('keeps the filters of all admins who save at the same time', async () => {
  const world = worldOf(inactiveUsers(2))
  const names = ['a', 'b', 'c', 'd']
  await Promise.all(names.map((name) => world.process().app.saveFilter({ ...inactive, name }, by)))
  expect((await world.app.savedFilters()).map(({ name }) => name)).toEqual(names)
})

it('removes a filter, and accepts a second removal', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.saveFilter(inactive, by)
  expect(await world.app.removeFilter('INACTIVE for a quarter', by)).toEqual([])
  expect(await world.app.removeFilter(inactive.name, by)).toEqual([])
})

it.each([
  [{ name: '  ', filter: {} }, /name: must not be empty/],
  [{ name: 'x'.repeat(81), filter: {} }, /name: must be at most 80 characters/],
  [{ name: 'odd', filter: { inactiveFor: 'soon' } }, /inactiveFor: must be a duration/],
  [{ name: 'odd', filter: { limit: 5 } }, /limit/],
])('does not save an invalid filter: %j', async (wanted, why) => {
  const world = worldOf(inactiveUsers(2))
  await expect(world.app.saveFilter(wanted, by)).rejects.toThrow(why)
  expect(await world.app.savedFilters()).toEqual([])
})

it('allows a hundred filters, and treats an unreadable list as empty', async () => {
  const world = worldOf(inactiveUsers(2))
  for (let number = 0; number < 100; number += 1)
    await world.app.saveFilter({ ...inactive, name: `filter ${number}` }, by)
  await expect(world.app.saveFilter(inactive, by)).rejects.toThrow('There are 100 saved filters already')
  await world.app.saveFilter({ ...inactive, name: 'filter 7' }, by)
  await world.ports.store.putSetting('saved-filters', '{"half": ')
  expect(await world.app.savedFilters()).toEqual([])
  await world.app.sync(by)
  expect(await world.app.saveFilter(inactive, by)).toEqual([inactive])
})

it('hides an entry that this version cannot read, shows the others, and keeps the entry through every save', async () => {
  const world = worldOf(inactiveUsers(2))
  const unreadable = [
    { name: 'From later', filter: { reportsTo: 'ann' } },
    { name: 'Inactive for a quarter', filter: { inactiveFor: 'soon' } },
    7,
  ]
  const readable = { name: 'Administrators', filter: { inGroup: 'org-admins' } }
  await world.ports.store.putSetting(
    'saved-filters',
    JSON.stringify([unreadable[0], readable, unreadable[1], unreadable[2]]),
  )
  expect(await world.app.savedFilters()).toEqual([readable])
  expect(await world.app.saveFilter(inactive, by)).toEqual([readable, inactive])
  expect(await world.app.removeFilter(readable.name, by)).toEqual([inactive])
  expect(await world.app.removeFilter('From later', by)).toEqual([inactive])
  const stored = JSON.parse((await world.ports.store.setting('saved-filters')) ?? '') as unknown[]
  expect(stored).toEqual([...unreadable, inactive])
})

it('logs who saved and who removed a filter, and logs nothing when nothing changed', async () => {
  const world = worldOf(inactiveUsers(2))
  await world.app.saveFilter(inactive, by)
  await world.app.removeFilter('INACTIVE for a quarter', 'noah')
  await world.app.removeFilter(inactive.name, 'noah')
  await expect(world.app.saveFilter({ name: '', filter: {} }, by)).rejects.toThrow('empty')
  expect((await factsOf(world.app)).map(({ actor, event, subject }) => [actor, event, subject])).toEqual([
    [by, 'filter-saved', inactive.name],
    ['noah', 'filter-removed', 'INACTIVE for a quarter'],
  ])
})
