// Abilities of a key: each is tried with one read and with the key that will use it.

import { keyAbilities, type KeyAbility } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { connect, key, organizationId } from './scripted.js'

const v2 = `/admin/v2/orgs/${organizationId}`
const none = { data: [], links: {} }
const names = Object.keys(keyAbilities) as KeyAbility[]

describe('the ability', () => {
  it.each<[KeyAbility, string, string, unknown]>([
    ['organization', 'GET', `/admin/v1/orgs/${organizationId}`, { data: { id: 'x', attributes: { name: 'Acme' } } }],
    ['directories', 'GET', `${v2}/directories?limit=1`, none],
    ['workspaces', 'POST', `${v2}/workspaces`, none],
    ['accounts', 'POST', `${v2}/directories/-/users/search`, none],
    ['groups', 'POST', `${v2}/directories/-/groups/search`, none],
    ['changes', 'GET', '/admin/v1/orgs', { data: [{ id: 'other' }, { id: organizationId }] }],
  ])('"%s" is present when Atlassian accepts %s %s', async (ability, method, path, body) => {
    const { directory, sent } = connect([{ body }], { actKey: 'act' })
    await directory.tryKey(ability)
    const authorization = ability === 'changes' ? 'Bearer act' : `Bearer ${key}`
    expect(sent).toMatchObject([{ method, path, headers: { authorization } }])
  })

  it.each(names)('"%s" is missing when Atlassian refuses the request', async (ability) => {
    const { directory } = connect([{ status: 403, body: {} }])
    await expect(directory.tryKey(ability)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([[none], [{ data: [{ id: 'another organization' }] }]])(
    'to change something is missing for a key to which Atlassian lists %j',
    async (body) => {
      const { directory } = connect([{ body }])
      await expect(directory.tryKey('changes')).rejects.toThrow('a key that has scopes')
    },
  )
})
