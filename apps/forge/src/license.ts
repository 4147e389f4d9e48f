// The license: an inactive one stops what changes something, and leaves everything readable.

import { getAppContext } from '@forge/api'
import { UsageError } from '@rollcall/core'

export const unlicensed =
  'The license of Rollcall on this site is not active, so nothing is changed at Atlassian, by schedule or by hand. Everything stays readable. Renew it under "Manage apps".'

/** Says whether the app may act. Free apps and development have no license at all, which is not an inactive one. */
export function isLicensed(): boolean {
  const { license } = getAppContext()
  if (license === undefined || license === null) return true
  return (license.isActive ?? license.active) === true
}

/** Refuses while the license is inactive. */
export function requireLicense(): void {
  if (!isLicensed()) throw new UsageError(unlicensed)
}
