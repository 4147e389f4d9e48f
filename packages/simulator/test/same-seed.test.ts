import { expect, it } from 'vitest'
import { open } from './open.js'

const everything = async (seed: number, model: 'centralized' | 'original' = 'centralized') => {
  const { url } = await open({ seed, model })
  const read = async (path: string) => (await fetch(`${url}/_simulator/${path}`)).text()
  return `${await read('organization')}\n${await read('accounts')}`
}

it('the same seed gives the same organization, byte for byte', async () => {
  expect(await everything(7)).toBe(await everything(7))
  expect(await everything(7, 'original')).toBe(await everything(7, 'original'))
})

it('another seed gives another organization', async () => {
  const [one, other] = [await open({ seed: 1 }), await open({ seed: 2 })]
  const ids = ({ organization }: typeof one) => organization.accounts.map(({ accountId }) => accountId)
  expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([])
  expect(one.keys.unscoped).not.toBe(other.keys.unscoped)
})

it('ids created at run time come from the seed too', async () => {
  const invited = async () => {
    const { call, v2 } = await open({ seed: 3 })
    return (await call('POST', `${v2}/users/invite`, { emails: ['new@acme.example'] })).body
  }
  expect(await invited()).toEqual(await invited())
})

it('the organization is listed with its ids, sites and keys', async () => {
  const { control, organization, keys } = await open()
  const listed = await control('organization')
  expect(listed['organization']).toMatchObject({ id: organization.id, name: 'Acme' })
  expect(listed['keys']).toEqual(keys)
  expect(new Set(Object.values(keys)).size).toBe(4)
  expect(listed['sites']).toHaveLength(3)
  expect(listed['directories']).toEqual(organization.directories)
})

it('an empty organization has no accounts and still responds', async () => {
  const { listUserIds, count, call, v1 } = await open({ users: 0 })
  expect([await listUserIds(10), await count()]).toEqual([[], 0])
  expect((await call('GET', `${v1}/users`)).body).toMatchObject({ data: [], meta: { total: 0 } })
})
