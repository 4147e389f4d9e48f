// Where the app is installed and who looks at it: the ids of the stand-in site, its licence, and the signed-in person.

import type { Manifest } from './manifest.js'

export type EnvironmentType = 'DEVELOPMENT' | 'STAGING' | 'PRODUCTION'
export interface License {
  readonly active?: boolean
  readonly isActive?: boolean
  readonly isEvaluation?: boolean
  readonly type?: string
  readonly trialEndDate?: string
  readonly subscriptionEndDate?: string
  readonly capabilitySet?: 'capabilityStandard' | 'capabilityAdvanced'
}
export interface Installation {
  readonly cloudId: string
  readonly installationId: string
  readonly environmentId: string
  readonly environmentType: EnvironmentType
  readonly appVersion: string
  readonly siteUrl: string
  accountId: string
  /** Undefined where the platform gives none: free apps, and environments other than production. */
  license: License | undefined
}

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
