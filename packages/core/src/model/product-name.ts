// Atlassian's names of its products, for screens, the terminal and sentences. Keys stay in JSON, CSV and policy files.

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
