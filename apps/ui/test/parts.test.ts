// The page's own small rules: addresses, files, what is pasted, drafts of policies, groups and lines.

import { describe, expect, it } from 'vitest'
import { groupsOf, listedAs } from '../src/overview/inactivity-groups'
import { linesOf, pathOf } from '../src/overview/seat-lines'
import { draftOf, leftOutOf, linesIn, withLines } from '../src/policies/draft'
import { subjectsIn } from '../src/protected/subjects'
import { hrefOf, parseRoute } from '../src/shell/route'
import { asAddress, asMatching, filterIn } from '../src/users/filter'

describe('an address', () => {
  it('leads back to the screen, the id and the query that it was made of', () => {
    const href = hrefOf('policies', 'Free 50% / all', { site: 'a&b', empty: '' })
    expect(parseRoute(href)).toEqual({ screen: 'policies', id: 'Free 50% / all', query: { site: 'a&b' } })
  })

  it.each(['', '#', '#/nowhere', '#/plans/%', '#/constructor'])('of nothing that is known never throws: %s', (hash) => {
    expect(['overview', 'plans']).toContain(parseRoute(hash).screen)
  })
})

it('takes the first column of what is pasted, each once, and addresses as addresses', () => {
  const pasted =
    '\uFEFFaccount id,name\r\n712020:a,"Mia"\n"group:x, y"\nmia@acme.example\n712020:a\n\nemail:*@p.example'
  expect(subjectsIn(pasted)).toEqual(['712020:a', 'group:x, y', 'email:mia@acme.example', 'email:*@p.example'])
})

it('takes the name of a group as it is written, commas and all, and of every other line the first cell', () => {
  expect(subjectsIn('group:Sales, EMEA\nemail:*@a.example,Partners,2027-01-31\nemail:*@b.example;x')).toEqual([
    'group:Sales, EMEA',
    'email:*@a.example',
    'email:*@b.example',
  ])
})

describe('a draft', () => {
  it('becomes lines and back, and what nests deeper is left to the file', () => {
    const conditions = { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'keep' } }] }
    const lines = linesIn({ conditions })
    expect(lines).toEqual([
      { id: 'inactive-for', value: '90d', not: false },
      { id: 'in-group', value: 'keep', not: true },
    ])
    expect(withLines({}, lines ?? [])).toEqual({ conditions })
    expect(linesIn({ conditions: { any: [{ managed: true }] } })).toBeUndefined()
    expect(linesIn({ conditions: { not: { all: [] } } })).toBeUndefined()
  })

  it('is made of a filter, with its place and without what no policy can hold', () => {
    expect(draftOf({ site: 's', product: 'p', inactiveFor: '60d', managed: 'false', search: 'mia' })).toMatchObject({
      scope: { site: 's', product: 'p' },
      conditions: { all: [{ 'inactive-for': '60d' }, { managed: false }] },
    })
    expect(leftOutOf({ site: 's', product: 'p', search: 'mia' })).toEqual(['mia'])
  })

  it('keeps a product that stands alone as a condition, and names a site that no condition can hold', () => {
    expect(draftOf({ product: 'confluence', inactiveFor: '60d' })).toMatchObject({
      scope: 'organization',
      conditions: { all: [{ 'inactive-for': '60d' }, { 'has-product': 'confluence' }] },
    })
    expect(leftOutOf({ product: 'confluence' })).toEqual([])
    expect(leftOutOf({ site: 'acme.atlassian.net' })).toEqual(['acme.atlassian.net'])
  })
})

describe('a filter', () => {
  it('comes back from its address, also where it leaves open who is managed', () => {
    const filter = { search: 'mia', inactiveFor: '90d' }
    expect(filterIn(asAddress(filter) as Record<string, string>)).toEqual(filter)
  })

  it('means allMatching as a plan is asked for, in whatever order they are shown', () => {
    expect(asMatching({ managed: 'true', sort: 'name', status: 'active' })).toEqual({ managed: true, status: 'active' })
  })
})

it('groups allMatching once, wherever the thresholds stand', () => {
  const activity = { days: [0, 29, 30, 89, 90, 400].map((ago) => ({ ago, count: 1 })), never: 2, unknown: 3 }
  expect(groupsOf(activity, { lessActive: 30, inactive: 90 })).toEqual({
    active: 2,
    lessActive: 2,
    inactive: 2,
    never: 2,
    unknown: 3,
  })
  expect(groupsOf(activity, { lessActive: 400, inactive: 400 })).toMatchObject({
    active: 5,
    lessActive: 0,
    inactive: 1,
  })
})

it('draws a gap where a number was not known, and never a zero', () => {
  const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`
  const seats = (used: number | null) => [{ site: 's', product: 'p', used }]
  const [line] = linesOf([1, 2, 3].map((day) => ({ at: at(day), seats: seats(day === 2 ? null : day) })))
  expect(line?.points.map(({ used }) => used)).toEqual([1, null, 3])
  expect(pathOf(line ?? { site: '', product: '', points: [] }, 100, 40)).toMatch(/^M\S+ \S+ M\S+ \S+$/)
})

it('counts as listed whoever was not active that long, and of the never-active who joined that long ago', () => {
  const [days, neverFor] = [
    [29, 30, 400],
    [10, 30, 90],
  ].map((all) => all.map((ago) => ({ ago, count: 1 })))
  const activity = { days: days ?? [], neverFor: neverFor ?? [] }
  expect([1, 30, 31, 365].map((inactive) => listedAs(activity, inactive))).toEqual([6, 4, 2, 1])
})
