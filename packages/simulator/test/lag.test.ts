import { expect, it } from 'vitest'
import { list, open, type Open } from './open.js'

const lagMs = 30_000
const ordinary = ({ person }: Open) =>
  person(
    ({ orgRoles, accountStatus, memberships, managed, synced }) =>
      orgRoles.size === 0 &&
      accountStatus === 'active' &&
      managed &&
      !synced &&
      [...memberships.values()][0]?.status === 'active',
  )
const shown = async ({ call, anywhere }: Open, id: string, expand: readonly string[] = []) => {
  const body = { accountIds: [id], ...(expand.length === 0 ? {} : { expand }) }
  return list((await call('POST', `${anywhere}/users/search`, body)).body['data'])[0]
}

it('a change takes effect at once, and shows in search, count and details only after the lag', async () => {
  const simulator = await open({ behaviour: { lagMs } })
  const { call, here, anywhere, truth, control, count } = simulator
  const id = ordinary(simulator)
  const before = await count('?status=suspended')
  await call('POST', `${here}/users/${id}/suspend`)
  expect((await truth(id))['status']).toBe('suspended')
  for (const [advanceMs, expected, counted] of [
    [0, 'active', before],
    [lagMs - 1, 'active', before],
    [1, 'suspended', before + 1],
  ] as const) {
    await control('clock', { advanceMs })
    expect((await shown(simulator, id))?.['status']).toBe(expected)
    expect((await call('GET', `${anywhere}/users/${id}`)).body['data']?.['status']).toBe(expected)
    expect(await count('?status=suspended')).toBe(counted)
  }
})

it('two changes show one after another, each after its own lag', async () => {
  const simulator = await open({ behaviour: { lagMs } })
  const { call, here, control, group } = simulator
  const id = ordinary(simulator)
  const path = `${here}/groups/${group('empty-group')}/memberships`
  const names = async () => {
    const row = await shown(simulator, id, ['groups'])
    return list(row?.['groups']).some((one) => String(one['name']) === 'empty-group')
  }
  const seen: boolean[] = []
  await call('POST', path, { accountId: id })
  await control('clock', { advanceMs: 10_000 })
  await call('DELETE', `${path}/${id}`)
  for (const advanceMs of [0, 20_000, 10_000]) {
    await control('clock', { advanceMs })
    seen.push(await names())
  }
  expect(seen).toEqual([false, true, false])
})

it('the simulator enforces a change before it shows it', async () => {
  const simulator = await open({ behaviour: { lagMs } })
  const { call, here, group } = simulator
  const path = `${here}/groups/${group('empty-group')}/memberships`
  const accountId = ordinary(simulator)
  expect((await call('POST', path, { accountId })).status).toBe(204)
  expect((await call('POST', path, { accountId })).status).toBe(409)
})

it('new groups and accounts stay hidden until the lag is over', async () => {
  const { call, here, anywhere, v2, count, control } = await open({ behaviour: { lagMs: 2000 } })
  const before = await count()
  expect((await call('POST', `${here}/groups`, { name: 'newborn' })).status).toBe(201)
  await call('POST', `${v2}/users/invite`, { emails: ['new@acme.example'] })
  const found = async () => {
    const groups = (await call('POST', `${anywhere}/groups/search`, { groupNames: ['NEWBORN'] })).body
    return [list(groups['data']).length, (await count()) - before]
  }
  expect(await found()).toEqual([0, 0])
  await control('clock', { advanceMs: 2000 })
  expect(await found()).toEqual([1, 1])
})

it('a role on the organization and activity have lags of their own', async () => {
  const simulator = await open({ behaviour: { roleLagMs: lagMs } })
  const { call, v1, control } = simulator
  const id = ordinary(simulator)
  const roles = async () => (await shown(simulator, id, ['platformRoles']))?.['platformRoles']
  await call('POST', `${v1}/users/${id}/role-assignments/assign`, { role: 'atlassian/site-admin' })
  expect(await roles()).toEqual([])
  await control('clock', { advanceMs: lagMs })
  expect(await roles()).toEqual(['atlassian/site-admin'])
  const used = async () => JSON.stringify((await shown(simulator, id, ['productAccess']))?.['productAccess'])
  const before = await used()
  await control(`accounts/${encodeURIComponent(id)}/activity`, { workspace: simulator.ari(0), lagMs: 86_400_000 })
  expect(await used()).toBe(before)
  await control('clock', { advanceMs: 86_400_000 })
  expect(await used()).not.toBe(before)
})

it('the lag can change at run time, and without a lag every change shows at once', async () => {
  const simulator = await open()
  const { call, here, control } = simulator
  const id = ordinary(simulator)
  await call('POST', `${here}/users/${id}/suspend`)
  expect((await shown(simulator, id))?.['status']).toBe('suspended')
  expect((await control('behaviour', { lagMs: 5, nonsense: 1, paid: 'yes' }))['lagMs']).toBe(5)
  await call('POST', `${here}/users/${id}/restore`)
  expect((await shown(simulator, id))?.['status']).toBe('suspended')
})
