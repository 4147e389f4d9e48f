// What a key may do, one read for each ability; none of them changes anything.

import { DirectoryError, type KeyAbility } from '@rollcall/core'
import { expand } from './accounts.js'
import type { Http } from './http.js'
import type { Asked } from './request.js'
import * as answers from './schemas.js'

interface Keys {
  readonly http: Http
  readonly organizationId: string
  readonly readKey: string
  readonly actKey: string
}

/** Resolves when the key may do it; throws what Atlassian has against it. */
export async function tryKey(ability: KeyAbility, { http, organizationId, readKey, actKey }: Keys): Promise<void> {
  const id = encodeURIComponent(organizationId)
  const v2 = `/admin/v2/orgs/${id}`
  const search = (path: string, more = {}): Asked => ({
    method: 'POST',
    path,
    key: readKey,
    body: { limit: 1, ...more },
  })
  const get = (path: string, key = readKey): Asked => ({ method: 'GET', path, key })
  switch (ability) {
    case 'organization':
      return void (await http.read(answers.organizationAnswer, get(`/admin/v1/orgs/${id}`)))
    case 'directories':
      return void (await http.read(answers.directoriesAnswer, get(`${v2}/directories?limit=1`)))
    case 'workspaces':
      return void (await http.read(answers.workspacesAnswer, search(`${v2}/workspaces`)))
    case 'accounts':
      return void (await http.read(answers.usersAnswer, search(`${v2}/directories/-/users/search`, { expand })))
    case 'groups':
      return void (await http.read(answers.groupsAnswer, search(`${v2}/directories/-/groups/search`)))
    case 'changes': {
      // Atlassian lists an organization to keys without scopes only; no read tells more about what a key may change.
      const { data } = await http.read(answers.organizationsAnswer, get('/admin/v1/orgs', actKey))
      if (data.some((one) => one.id === organizationId)) return
      throw new DirectoryError(
        'forbidden',
        'Changes would be sent with a key that has scopes, or is one of another organization; Atlassian takes them from a key ' +
          'without scopes only. Make one at admin.atlassian.com under Organization settings, API keys, and enter it as the API key for changes.',
      )
    }
  }
}
