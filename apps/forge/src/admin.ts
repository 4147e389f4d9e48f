// Who may use the app: whoever administers Jira, asked of Jira as that person at every call. No answer means no.

import api, { route } from '@forge/api'
import { withRetry } from './patience.js'

/** Says whether the person who calls administers Jira. */
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
