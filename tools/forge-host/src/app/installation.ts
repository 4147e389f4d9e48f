// Where the app is installed: the ids of the simulated site, its licence, and the signed-in account.

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
export interface InstallationOptions {
  /** By default DEVELOPMENT. */
  readonly environmentType?: EnvironmentType
  /** The signed-in account; by default "admin". */
  readonly accountId?: string
  readonly license?: License
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

/** The id of a first installation, and those of further ones. */
const numbered = (id: string, number: number): string =>
  number === 0 ? id : `${id.slice(0, -3)}${String(number).padStart(3, '0')}`

/** One installation of several, by its number. */
export function installationOf(
  { environmentType, accountId, license }: InstallationOptions,
  number: number,
): Installation {
  return {
    cloudId: numbered('11111111-1111-4111-8111-111111111111', number),
    installationId: numbered('22222222-2222-4222-8222-222222222222', number),
    environmentId: '33333333-3333-4333-8333-333333333333',
    environmentType: environmentType ?? 'DEVELOPMENT',
    appVersion: '1.0.0',
    siteUrl: `https://${number === 0 ? 'local' : `local-${number}`}.atlassian.net`,
    accountId: accountId ?? 'admin',
    license,
  }
}
