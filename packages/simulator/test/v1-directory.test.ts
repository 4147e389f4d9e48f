import { expect, it } from 'vitest'
import { codeOf, open, type Open } from './open.js'

const ordinary = ({ person }: Open) =>
  person(({ orgRoles, memberships }) => orgRoles.size === 0 && [...memberships.values()][0]?.status === 'active')

it('the directory endpoints of v1 are gone', async () => {
  const simulator = await open({ recorded: false })
  const { call, v1, control } = simulator
  const id = ordinary(simulator)
  for (const verb of ['suspend-access', 'restore-access']) {
    const { status, body } = await call('POST', `${v1}/directory/users/${id}/${verb}`)
    expect([status, body['error']]).toEqual([404, 'Not Found'])
  }
  expect((await control('calls'))['writes']).toEqual([])
})

it('with the switch on, they respond as before, and only with the new user management', async () => {
  const simulator = await open({ behaviour: { v1Directory: true }, recorded: false })
  const { call, v1, group, truth } = simulator
  const id = ordinary(simulator)
  expect((await call('POST', `${v1}/directory/users/${id}/suspend-access`)).status).toBe(200)
  expect((await truth(id))['status']).toBe('suspended')
  const path = `${v1}/directory/groups/${group('empty-group')}/memberships`
  expect((await call('POST', path, { account_id: id })).status).toBe(200)
  expect(JSON.stringify((await truth(id))['groups'])).toContain('empty-group')
  const other = await open({ behaviour: { v1Directory: true }, model: 'original', recorded: false })
  const refused = await other.call('POST', `${other.v1}/directory/users/${ordinary(other)}/suspend-access`)
  expect([refused.status, codeOf(refused)]).toEqual([400, 'ADMIN-400-4'])
})
