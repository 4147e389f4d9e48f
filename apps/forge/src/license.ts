// The license. While it is inactive, Rollcall changes nothing, and all data stays readable.

import { getAppContext } from '@forge/api'
import { UsageError } from '@rollcall/core'

export const unlicensed =
  'The license of Rollcall on this site is not active, so Rollcall changes nothing at Atlassian. All data stays readable. Renew the license under "Manage apps".'

/** Whether the app may make changes. Free apps and development have no license, which counts as active. */
export function isLicensed(): boolean {
  const { license } = getAppContext()
  if (license === undefined || license === null) return true
  return (license.isActive ?? license.active) === true
}

/** Throws a `UsageError` while the license is inactive. */
export function requireLicense(): void {
  if (!isLicensed()) throw new UsageError(unlicensed)
}
