// The license: while it is inactive, nothing is changed and everything stays readable.

import { getAppContext } from '@forge/api'
import { UsageError } from '@rollcall/core'

export const unlicensed =
  'The license of Rollcall on this site is not active, so nothing is changed at Atlassian, by schedule or by hand. Everything stays readable. Renew it under "Manage apps".'

/** Says whether the app may change something. Free apps and development have no license, which counts as active. */
export function isLicensed(): boolean {
  const { license } = getAppContext()
  if (license === undefined || license === null) return true
  return (license.isActive ?? license.active) === true
}

/** Throws a `UsageError` while the license is inactive. */
export function requireLicense(): void {
  if (!isLicensed()) throw new UsageError(unlicensed)
}
