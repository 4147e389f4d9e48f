// Licences of a Jira site: seats by product, and the approximate counts, which lag a week behind.

import type { Call } from '../http/call.js'
import { jiraError, ok, type ApiResponse } from '../http/responses.js'
import { jiraGroup, siteOf, type Site } from './site.js'
import type { Organization, Workspace } from '../organization/organization.js'

const week = 7 * 86_400_000

function role({ organization }: Call, site: Site, { ari, typeKey, type, capacity }: Workspace) {
  const userCount = organization.tally.seats(ari)
  const grants = [...organization.groups.values()].filter((group) => group.grants.some((one) => one.ari === ari))
  const defaults = grants.filter((group) => group.grants.some((one) => one.ari === ari && one.isDefault))
  const numberOfSeats = capacity ?? -1
  return {
    key: typeKey,
    name: type,
    numberOfSeats,
    userCount,
    userCountDescription: `${userCount} users`,
    remainingSeats: capacity === null ? -1 : numberOfSeats - userCount,
    hasUnlimitedSeats: capacity === null,
    platform: false,
    defined: true,
    selectedByDefault: false,
    groups: grants.map(({ name }) => name),
    groupDetails: grants.map((group) => jiraGroup(group, site)),
    defaultGroups: defaults.map(({ name }) => name),
    defaultGroupsDetails: defaults.map((group) => jiraGroup(group, site)),
  }
}

/** GET …/applicationrole. */
export function applicationRoles(call: Call): ApiResponse {
  const site = siteOf(call)
  return ok(site.products.map((product) => role(call, site, product)))
}

/** GET …/applicationrole/{key}. */
export function applicationRole(call: Call): ApiResponse {
  const site = siteOf(call)
  const product = site.products.find(({ typeKey }) => typeKey === call.params['key'])
  return product === undefined ? jiraError(404, 'There is no such product.') : ok(role(call, site, product))
}

/** GET …/instance/license. */
export const instanceLicence = (call: Call): ApiResponse =>
  ok({ applications: siteOf(call).products.map(({ typeKey }) => ({ id: typeKey, plan: 'PAID' })) })

const counted = new WeakMap<Organization, Map<string, { at: number; value: number }>>()
function approximate({ organization, clock }: Call, aris: readonly string[]): string {
  const cache = counted.get(organization) ?? new Map<string, { at: number; value: number }>()
  counted.set(organization, cache)
  const name = aris.join()
  const known = cache.get(name)
  if (known !== undefined && clock.now() < known.at + week) return String(known.value)
  const value = aris.reduce((sum, ari) => sum + organization.tally.seats(ari), 0)
  cache.set(name, { at: clock.now(), value })
  return String(value)
}

/** GET …/license/approximateLicenseCount. */
export function licenceCount(call: Call): ApiResponse {
  const aris = siteOf(call).products.map(({ ari }) => ari)
  return ok({ key: 'license.totalApproximateUserCount', value: approximate(call, aris) })
}

/** GET …/license/approximateLicenseCount/product/{key}. */
export function productLicenceCount(call: Call): ApiResponse {
  const { key = '' } = call.params
  const aris = siteOf(call)
    .products.filter(({ typeKey }) => typeKey === key)
    .map(({ ari }) => ari)
  return ok({ key: `license.${key}.approximateUserCount`, value: approximate(call, aris) })
}
