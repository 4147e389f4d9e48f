// Checks what a key can do, with one read for each ability. No check changes anything.

import { DirectoryError, type KeyAbility } from '@rollcall/core'
import { expand } from './accounts.js'
import type { Http } from './http.js'
import type { ApiRequest } from './request.js'
import * as responses from './schemas.js'
import { usersResponse } from './user-rows.js'

interface Keys {
  readonly http: Http
  readonly organizationId: string
  readonly readKey: string
  readonly actKey: string
}

/** Resolves when the key has the ability. Throws a `DirectoryError` with Atlassian's reason when it does not. */
export async function tryKey(ability: KeyAbility, { http, organizationId, readKey, actKey }: Keys): Promise<void> {
  const id = encodeURIComponent(organizationId)
  const v2 = `/admin/v2/orgs/${id}`
  const search = (path: string, more = {}): ApiRequest => ({
    method: 'POST',
    path,
    key: readKey,
    body: { limit: 1, ...more },
  })
  const get = (path: string, key = readKey): ApiRequest => ({ method: 'GET', path, key })
  switch (ability) {
    case 'organization':
      return void (await http.read(responses.organizationResponse, get(`/admin/v1/orgs/${id}`)))
    case 'directories':
      return void (await http.read(responses.directoriesResponse, get(`${v2}/directories?limit=1`)))
    case 'workspaces':
      return void (await http.read(responses.workspacesResponse, search(`${v2}/workspaces`)))
    case 'accounts':
      return void (await http.read(usersResponse, search(`${v2}/directories/-/users/search`, { expand })))
    case 'groups':
      return void (await http.read(responses.groupsResponse, search(`${v2}/directories/-/groups/search`)))
    case 'changes': {
      // Atlassian lists organizations only to keys without scopes. No other read shows whether a key can change something.
      const { data } = await http.read(responses.organizationsResponse, get('/admin/v1/orgs', actKey))
      if (data.some((one) => one.id === organizationId)) return
      throw new DirectoryError(
        'forbidden',
        'Changes would use a key that has scopes, or a key of another organization. Atlassian accepts changes only from a key ' +
          'without scopes. Create one at admin.atlassian.com under Organization settings, API keys, and enter it as the API key for changes.',
      )
    }
  }
}
