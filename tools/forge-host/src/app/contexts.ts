// What handlers, the page and its resolver learn about the installation.

import type { Installation } from './installation.js'
import type { Manifest } from './manifest.js'

export const contextAri = ({ cloudId }: Installation): string => `ari:cloud:jira::site/${cloudId}`
/** What a handler gets as its second argument. */
export const handlerContext = (installation: Installation, accountId: string | undefined) => ({
  ...(accountId === undefined ? {} : { principal: { accountId } }),
  ...(installation.license === undefined ? {} : { license: installation.license }),
  installContext: contextAri(installation),
  installation: {
    ari: { installationId: installation.installationId },
    contexts: [{ cloudId: installation.cloudId }],
  },
})
/** What the page and its resolver see of the place where they are shown. */
export const pageContext = (installation: Installation, { page }: Manifest, accountId: string) => ({
  accountId,
  cloudId: installation.cloudId,
  siteUrl: installation.siteUrl,
  moduleKey: page?.key ?? '',
  localId: `ari:cloud:ecosystem::extension/${installation.installationId}/static/${page?.key ?? ''}`,
  environmentId: installation.environmentId,
  environmentType: installation.environmentType,
  locale: 'en-US',
  timezone: 'UTC',
  theme: { colorMode: 'light', light: 'light', dark: 'dark', spacing: 'spacing' },
  ...(installation.license === undefined ? {} : { license: installation.license }),
  extension: { type: 'jira:adminPage' },
})
