// The protected list in pages: small responses for a list of any length, and a search by name.

import { expect, it } from 'vitest'
import type { App } from '../src/index.js'
import { memoryWorld, organization, person, testNow } from '../src/testing/index.js'
import { by, worldOf } from './flow.js'

const entry = (subject: string, reason = 'board') => ({ subject, reason, by, addedAt: testNow })

async function pagesOf(app: App, limit: number, search?: string) {
  const pages: string[][] = []
  for (let after: string | undefined; ;) {
    const request = { limit, ...(search === undefined ? {} : { search }), ...(after === undefined ? {} : { after }) }
    const { entries, next } = await app.protectionList(request)
    pages.push(entries.map(({ subject }) => subject))
    if (next === null) return pages
    after = next
  }
}

it('shows every entry on exactly one page, and an empty page only for an empty list', async () => {
  const { app, ports } = worldOf([])
  expect(await app.protectionList({ limit: 3 })).toEqual({ entries: [], next: null, total: 0 })
  const subjects = Array.from({ length: 7 }, (_, n) => `group:team ${n}`)
  for (const subject of subjects.toReversed()) await ports.store.putProtection(entry(subject))
  for (const limit of [1, 3, 6, 7, 8]) {
    const pages = await pagesOf(app, limit)
    expect([pages.flat(), pages.every((page) => page.length > 0)]).toEqual([subjects, true])
    expect(pages.length).toBe(Math.ceil(7 / limit))
  }
  expect((await app.protectionList({ limit: 1 })).total).toBe(7)
})

it('continues behind an entry that was removed between two pages', async () => {
  const { app, ports } = worldOf([])
  for (const name of ['a', 'b', 'c']) await ports.store.putProtection(entry(`group:${name}`))
  const { next } = await app.protectionList({ limit: 2 })
  await app.unprotect('group:b', by)
  expect((await app.protectionList({ limit: 2, after: next ?? '' })).entries).toMatchObject([{ subject: 'group:c' }])
})

it('shows names, and finds people by name and e-mail and every entry by subject, reason and author', async () => {
  const world = memoryWorld(
    organization([person('ann', { name: 'Ann Äpfel' }), person('bob', { name: 'Bob', email: 'robert@acme.example' })]),
  )
  await world.app.sync(by)
  for (const subject of ['ann', 'bob', 'gone', 'group:Annex', 'email:ann@*'])
    await world.ports.store.putProtection(entry(subject, subject === 'gone' ? 'Legal hold' : 'board'))
  const { entries } = await world.app.protectionList({ limit: 9 })
  expect(entries.map(({ subject, name }) => [subject, name])).toEqual([
    ['ann', 'Ann Äpfel'],
    ['bob', 'Bob'],
    ['email:ann@*', null],
    ['gone', null],
    ['group:Annex', null],
  ])
  const found = async (search: string) => (await pagesOf(world.app, 2, search)).flat()
  expect(await found('äPFEL')).toEqual(['ann'])
  expect(await found('robert@')).toEqual(['bob'])
  expect(await found('ann')).toEqual(['ann', 'email:ann@*', 'group:Annex'])
  expect(await found('LEGAL')).toEqual(['gone'])
  expect(await found(by)).toHaveLength(5)
  expect(await found('nobody')).toEqual([])
})

it('shows a small page of thirty thousand entries, reads few rows for it, and finds the last entry', async () => {
  const people = Array.from({ length: 30_000 }, (_, n) => `p${String(n).padStart(5, '0')}`)
  const world = memoryWorld(organization([person('p29999', { name: 'The Last' })]))
  await world.app.sync(by)
  for (const id of people) await world.ports.store.putProtection(entry(id, "imported from last year's list"))
  const watched = world.process()
  const page = await watched.app.protectionList({ limit: 100 })
  expect([page.entries.length, page.total, page.next]).toEqual([100, 30_000, 'p00099'])
  expect(JSON.stringify(page).length).toBeLessThan(50_000)
  expect(watched.calls()).toBe(5)
  expect((await world.app.protectionList({ limit: 9, search: 'the last' })).entries).toMatchObject([
    { subject: 'p29999', name: 'The Last', reason: "imported from last year's list", until: null },
  ])
})
