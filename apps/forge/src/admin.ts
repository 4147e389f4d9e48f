// Only Jira administrators may use the app. Each call asks Jira as the requester; a missing response counts as no.

import api, { route } from '@forge/api'
import { withRetry } from './retry.js'

/** Whether the requester administers Jira. */
export async function administersJira(): Promise<boolean> {
  try {
    const response = await withRetry(() =>
      api.asUser().requestJira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`),
    )
    if (!response.ok) return false
    const { permissions } = (await response.json()) as {
      readonly permissions?: { readonly ADMINISTER?: { readonly havePermission?: unknown } }
    }
    return permissions?.ADMINISTER?.havePermission === true
  } catch {
    return false
  }
}
