// Texts of the way between the screens.

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
    protected: 'Protected (whitelist)',
    audit: 'Audit log',
    settings: 'Settings',
  },
} as const

export const firstUse = {
  needsRoll: 'Nothing is known of anybody yet: the roll was never taken. It begins on the overview.',
  toOverview: 'Go to the overview',
} as const

export const pager = {
  back: 'Previous page',
  forward: 'Next page',
  page: (number: number) => `Page ${number}`,
} as const
