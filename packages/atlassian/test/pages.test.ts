// Paging: a hundred rows at a time, every row once, and never in a loop.

import { describe, expect, it } from 'vitest'
import { nextOf, withCursor } from '../src/pages.js'
import { groupRow, page, roleRow, userRow, workspaceRow, jira } from './rows.js'
import { connect, organizationId, type Sent } from './scripted.js'

const v2 = `/admin/v2/orgs/${organizationId}`
const expand = ['productAccess', 'platformRoles', 'groups']

it.each([
  [undefined, undefined],
  [null, undefined],
  ['', undefined],
  ['kloHX1ZQVasDAkx_P48NYQ', 'kloHX1ZQVasDAkx_P48NYQ'],
  ['c29t/ZS1+aXo=', 'c29t/ZS1+aXo='],
  ['https://api.atlassian.com/admin/v1/orgs/70ef/users?cursor=a%2Fb%3D', 'a/b='],
  ['https://api.atlassian.com/x?limit=5&cursor=abc&more=1', 'abc'],
])('the next link %j contains the cursor %j', (next, cursor) => {
  expect(nextOf({ data: [], links: { next } })).toBe(cursor)
})

it('a page without links is the last one', () => {
  expect([nextOf({ data: [] }), nextOf({ data: [], links: null })]).toEqual([undefined, undefined])
})

it('a cursor is encoded into the query', () => {
  expect(withCursor('/a?limit=100', 'b/c=')).toBe('/a?limit=100&cursor=b%2Fc%3D')
  expect(withCursor('/a', 'b')).toBe('/a?cursor=b')
  expect(withCursor('/a', undefined)).toBe('/a')
})

describe('accounts', () => {
  it('are read a hundred at a time, each page with the cursor of the one before', async () => {
    const { directory, sent } = connect([{ body: page([userRow()], 'second') }, { body: page([]) }])
    const first = await directory.readAccounts([], [])
    expect(first.cursor).toBe('second')
    expect(await directory.readAccounts([], [], first.cursor)).toEqual({ accounts: [] })
    expect(sent.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'POST', path: `${v2}/directories/-/users/search`, body: { limit: 100, expand } },
      { method: 'POST', path: `${v2}/directories/-/users/search`, body: { limit: 100, expand, cursor: 'second' } },
    ])
  })

  it('are refused when Atlassian sends the same page again', async () => {
    const { directory } = connect([{ body: page([userRow()], 'again') }])
    await expect(directory.readAccounts([], [], 'again')).rejects.toThrow(
      'Atlassian repeated a page of accounts. Nothing was changed; sync again.',
    )
  })
})

describe('a listing', () => {
  const inLoop = ({ path, body }: Sent) => {
    const [, query] = /cursor=(\w)/.exec(path) ?? []
    const at = query ?? (body as { cursor?: string } | undefined)?.cursor
    return at === 'b' ? 'c' : 'b'
  }
  it.each([
    ['directories', 'directories', (sent: Sent) => page([{ directoryId: 'd', name: 'n' }], inLoop(sent))],
    ['workspaces', 'workspaces', (sent: Sent) => page([workspaceRow(jira)], inLoop(sent))],
    ['groups/search', 'groups', (sent: Sent) => page([groupRow()], inLoop(sent))],
    [
      'role-assignments',
      'roles',
      (sent: Sent) => (sent.method === 'POST' ? page([groupRow()]) : page([roleRow()], inLoop(sent))),
    ],
  ] as const)('of %s in a loop ends with a clear message', async (path, what, respond) => {
    const { directory, sent } = connect((request) => ({ body: respond(request) }))
    const read = {
      directories: () => directory.directories(),
      workspaces: () => directory.workspaces(),
      groups: () => directory.groupsNamed('jira-users-acme'),
      roles: () => directory.groupsNamed('jira-users-acme'),
    }[what]
    await expect(read()).rejects.toThrow(/^Atlassian repeated a page of .*\. Nothing was changed; try again\.$/)
    await expect(read()).rejects.toThrow(path)
    expect(sent.length).toBeLessThan(10)
  })

  it('of workspaces continues with the cursor alone', async () => {
    const { directory, sent } = connect([{ body: page([workspaceRow(jira)], 'more') }, { body: page([], null) }])
    await directory.workspaces()
    expect(sent.map(({ body }) => body)).toEqual([{ limit: 100 }, { cursor: 'more' }])
  })

  it('of directories follows bare cursors and whole links alike', async () => {
    const links = ['token', 'https://api.example.test/directories?cursor=to%2Fken']
    const { directory, sent } = connect((_, index) => ({
      body: page([{ directoryId: `d${index}`, name: null }], links[index]),
    }))
    expect((await directory.directories()).map(({ id }) => id)).toEqual(['d0', 'd1', 'd2'])
    expect(sent.map(({ path }) => path)).toEqual(
      ['', '&cursor=token', '&cursor=to%2Fken'].map((cursor) => `${v2}/directories?limit=100${cursor}`),
    )
  })
})

describe('a listing with a fresh cursor on every page', () => {
  const listing = (pages: readonly (readonly string[])[]) =>
    connect((_, index) => {
      const names = pages[Math.min(index, pages.length - 1)] ?? []
      const next = index < pages.length - 1 || pages.length === 1 ? `cursor-${index}` : null
      return {
        body: page(
          names.map((name) => ({ directoryId: name, name })),
          next,
        ),
      }
    })

  it.each([
    ['only empty pages', [[]]],
    ['the same rows again and again', [['a', 'b']]],
  ])('ends after a few pages with %s', async (_, pages) => {
    const { directory, sent } = listing(pages)
    await expect(directory.directories()).rejects.toThrow('page after page')
    expect(sent.length).toBeLessThan(6)
  })

  it('may have an empty page, and one that repeats rows', async () => {
    const { directory } = listing([['a'], [], ['b'], ['a', 'b'], ['c']])
    expect(new Set((await directory.directories()).map(({ name }) => name))).toEqual(new Set(['a', 'b', 'c']))
  })
})
