// A product on a site as Atlassian's screens name it, such as "Jira · acme".

const productNames: Readonly<Record<string, string>> = {
  'jira-software': 'Jira',
  'jira-servicedesk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
  confluence: 'Confluence',
}

/** Names a product on a site. */
export const placeName = ({ site, product }: { readonly site: string; readonly product: string }): string =>
  `${productNames[product] ?? product} · ${site.replace(/\.atlassian\.net$/, '')}`
