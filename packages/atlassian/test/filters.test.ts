// What a search returns is compared with its filter: an answer to something else is never acted on.

import { expect, it } from 'vitest'
import { connect } from './scripted.js'
import { groupRow, page, userRow } from './rows.js'

const asked = 'contractors'
const roles = page([])
const row = (id: string, name: string) => groupRow({ id, name })

it('drops groups of another name that a search by name returns', async () => {
  const { directory } = connect([{ body: page([row('a', 'everybody'), row('b', asked)]) }, { body: roles }])
  expect((await directory.groupsNamed(asked)).map(({ id }) => id)).toEqual(['b'])
})

it('refuses the answer of a search by name that returns only others', async () => {
  const { directory } = connect([{ body: page([row('a', 'everybody'), row('b', 'administrators')]) }])
  await expect(directory.groupsNamed(asked)).rejects.toMatchObject({
    code: 'unexpected-response',
    message: expect.stringContaining('groups named "contractors"') as string,
  })
})

it('finds no group where there is none of the name', async () => {
  const { directory } = connect([{ body: page([]) }])
  expect(await directory.groupsNamed(asked)).toEqual([])
})

it('does not take another account for one that has left', async () => {
  const { directory } = connect([{ body: page([userRow({ accountId: 'somebody-else' })]) }])
  await expect(directory.readAccount('asked' as never, [])).rejects.toMatchObject({ code: 'unexpected-response' })
})
