// Texts of the navigation and of the pager.

export const navigation = {
  label: 'Screens',
  skip: 'Skip to the content',
  opening: 'Opening the screen',
  screens: {
    overview: 'Overview',
    'org-users': 'Org users',
    'product-users': 'Product users',
    plans: 'Plans',
    policies: 'Policies',
    runs: 'Runs',
    protected: 'Protected',
    audit: 'Audit log',
    settings: 'Settings',
  },
} as const

export const firstUse = {
  needsSync: 'Nothing to show before the first sync. Start it on the overview.',
  toOverview: 'Go to the overview',
} as const

export const pager = {
  back: 'Previous page',
  forward: 'Next page',
  page: (number: number) => `Page ${number}`,
} as const
