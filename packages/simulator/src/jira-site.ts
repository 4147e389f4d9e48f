// What every Jira endpoint needs: the site of the path, offsets, and how Jira shows a user.

import { grantedTo } from './access.js'
import { refuse, type Call } from './call.js'
import { jiraError } from './errors.js'
import type { Account, Group, Workspace } from './organization.js'

export interface Site {
  readonly cloudId: string
  readonly host: string
  readonly directoryId: string
  /** Base of its links. */
  readonly rest: string
  readonly products: readonly Workspace[]
}

/** Reads the site of the path. */
export function siteOf({ organization, params, base }: Call): Site {
  const here = organization.workspaces.filter(({ cloudId }) => cloudId === params['cloudId'])
  const [first] = here
  if (first === undefined) return refuse(jiraError(404, 'There is no such site.'))
  const { cloudId, host, directoryId } = first
  const products = here.filter(({ typeKey }) => typeKey.startsWith('jira'))
  return { cloudId, host, directoryId, products, rest: `${base}/ex/jira/${cloudId}/rest/api/3` }
}

/** Reads a whole number from the query; Jira lowers what is too much. */
export function numberOf({ query }: Call, name: string, standard: number, most: number): number {
  const text = query.get(name)
  if (text === null || text === '') return standard
  if (!/^-?\d{1,10}$/.test(text)) return refuse(jiraError(400, `${name} is not a number.`))
  return Number(text) < 0 ? refuse(jiraError(400, `${name} must not be negative.`)) : Math.min(most, Number(text))
}

/** A page by offset, with Jira's envelope. */
export function offsetPage<T>(call: Call, self: string, items: readonly T[], standard: number, most: number) {
  const [startAt, maxResults] = [numberOf(call, 'startAt', 0, 1e10), numberOf(call, 'maxResults', standard, most)]
  const values = items.slice(startAt, startAt + maxResults)
  const end = startAt + values.length
  const isLast = end >= items.length || maxResults === 0
  const next = `${self}?startAt=${end}&maxResults=${maxResults}`
  return { self, maxResults, startAt, total: items.length, isLast, values, ...(isLast ? {} : { nextPage: next }) }
}

export const isActive = (account: Account, { directoryId }: Site): boolean =>
  account.accountStatus === 'active' &&
  (account.accountType !== 'atlassian' || account.memberships.get(directoryId)?.status === 'active')

const sizes = ['16x16', '24x24', '32x32', '48x48']
export const jiraGroup = ({ id, name }: Group, { rest }: Site) => ({
  name,
  groupId: id,
  self: `${rest}/group?groupId=${id}`,
})

/** How Jira shows a user in a list. */
export const userDetails = (account: Account, site: Site) => ({
  self: `${site.rest}/user?accountId=${encodeURIComponent(account.accountId)}`,
  accountId: account.accountId,
  accountType: account.accountType,
  emailAddress: account.email,
  avatarUrls: Object.fromEntries(sizes.map((size) => [size, `https://avatar.example/${size}.png`])),
  displayName: account.name,
  active: isActive(account, site),
  timeZone: 'Europe/Berlin',
})

/** How Jira shows a single user; `expand` names groups and applicationRoles. */
export function jiraUser(call: Call, account: Account, site: Site) {
  const expand = (call.query.get('expand') ?? '').split(',')
  const { groups } = call.organization
  const mine = [...account.groups]
    .flatMap((id) => groups.get(id) ?? [])
    .filter((one) => one.directoryId === site.directoryId)
  const granted = grantedTo(account, call.organization)
  const roles = site.products
    .filter(({ ari }) => granted.has(ari))
    .map(({ typeKey, type }) => ({ key: typeKey, name: type }))
  const list = <T>(name: string, items: readonly T[]) => ({
    size: items.length,
    items: expand.includes(name) ? items : [],
  })
  return {
    ...userDetails(account, site),
    locale: 'en_US',
    groups: list(
      'groups',
      mine.map((one) => jiraGroup(one, site)),
    ),
    applicationRoles: list('applicationRoles', roles),
  }
}
