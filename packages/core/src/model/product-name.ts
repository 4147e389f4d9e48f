// Atlassian's names of its products, for screens, the terminal and sentences. Keys stay in JSON, CSV and policy files.

import { sameName } from './same-name.js'

const names: Readonly<Record<string, string>> = {
  'jira-software': 'Jira',
  // Not "Jira": one site can have both.
  'jira-core': 'Jira Work Management',
  'jira-servicedesk': 'Jira Service Management',
  'jira-service-desk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
  'jira-admin': 'Jira administration',
  confluence: 'Confluence',
  bitbucket: 'Bitbucket',
  compass: 'Compass',
  loom: 'Loom',
  opsgenie: 'Opsgenie',
  statuspage: 'Statuspage',
  trello: 'Trello',
}

/** True if a text names a product, by its key or by Atlassian's name, whatever the case. */
export const isProduct = (key: string, named: string): boolean =>
  key === named || sameName(key, named) || sameName(productName(key), named)

/** True if two host names are the same: they have no case. */
export const isSite = (site: string, named: string): boolean => site.toLowerCase() === named.toLowerCase()

const cloudDomain = '.atlassian.net'

/** "Jira Service Management" for `jira-servicedesk`; an unknown key stays as it is. */
export const productName = (key: string): string => (Object.hasOwn(names, key) ? (names[key] ?? key) : key)

/** "acme" for `acme.atlassian.net`; a site with its own domain keeps the whole name. */
export const siteName = (site: string): string =>
  site.endsWith(cloudDomain) ? site.slice(0, -cloudDomain.length) : site

/** "Jira · acme": a label, a heading, a cell. */
export const placeName = (site: string, product: string): string => `${productName(product)} · ${siteName(site)}`

/** "Jira (acme)": the same place inside a sentence. */
export const placePhrase = (site: string, product: string): string => `${productName(product)} (${siteName(site)})`
