// Filters of the account list: a name that refers to nothing is an error that says what exists, never an empty list.

import { expect, it } from 'vitest'
import { brandId, UsageError } from '../src/index.js'
import { memoryWorld, organization, person, site, workspace } from '../src/testing/index.js'
import { activeUsers, by, inactiveUsers, worldOf } from './flow.js'

async function synced() {
  const world = worldOf([...inactiveUsers(3), person('ann', { groups: ['contractors-keep'] })])
  await world.app.sync(by)
  return world.app
}

it.each([
  [{ inGroup: 'contractor-keep' }, 'No account in the newest snapshot is in a group "contractor-keep". There are '],
  [{ site: 'other.atlassian.net' }, `has no site "other.atlassian.net". There is ${site}.`],
  [{ product: 'jira-sofware' }, 'has no product "jira-sofware". There are jira-software (Jira), confluence'],
  [{ product: 'jira-software', site: 'x.atlassian.net' }, 'has no site "x.atlassian.net"'],
] as const)('%j is refused, and a plan for it as well', async (filter, message) => {
  const app = await synced()
  await expect(app.accounts(filter)).rejects.toThrow(UsageError)
  await expect(app.accounts(filter)).rejects.toThrow(message)
  await expect(app.planMatching({ action: 'suspend-access', matching: filter }, by)).rejects.toThrow(message)
})

it('a filter that names what exists may match nobody', async () => {
  const app = await synced()
  expect((await app.accounts({ site, search: 'nobody like this' })).total).toBe(0)
  expect((await app.accounts({ inGroup: 'all-in-one' })).total).toBe(0)
})

it('hosts have no case, and products have two names', async () => {
  const app = await synced()
  const { total } = await app.accounts({ site, product: 'jira-software' })
  expect(total).toBeGreaterThan(3)
  expect((await app.accounts({ site: site.toUpperCase(), product: 'Jira' })).total).toBe(total)
  expect((await app.accounts({ site: 'Acme.Atlassian.net', product: 'JIRA-SOFTWARE' })).total).toBe(total)
})

it('a site and a product that exist, but not together, are refused with the products of the site', async () => {
  const other = workspace({
    ari: brandId('ari:cloud:jira::site/other'),
    site: 'other.atlassian.net',
    product: 'compass',
  })
  const [jira, wiki] = organization().workspaces
  if (jira === undefined || wiki === undefined) throw new Error('no workspaces')
  const people = [...inactiveUsers(3), ...activeUsers(20)]
  const { app } = memoryWorld(organization(people, { workspaces: [jira, wiki, other] }))
  await app.sync(by)
  const message = 'The site "other.atlassian.net" has no product "confluence". There is compass (Compass).'
  for (const filter of [
    { site: 'other.atlassian.net', product: 'confluence' },
    { site: 'OTHER.atlassian.net', product: 'Confluence' },
  ])
    await expect(app.accounts(filter)).rejects.toThrow(message)
  expect((await app.accounts({ site: 'other.atlassian.net', product: 'compass' })).total).toBe(0)
})

it.each(['90m', '3m', '1m', '23h', '0d', 'long'])('inactive for %s is refused with a sentence', async (inactiveFor) => {
  const app = await synced()
  await expect((async () => app.accounts({ inactiveFor }))()).rejects.toThrow(
    'at least one day, such as 90d or 12w; "m" stands for minutes',
  )
})
