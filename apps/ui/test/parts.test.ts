// Small rules of the page: addresses, files, pasted text, drafts of policies, groups and lines.

import { describe, expect, it } from 'vitest'
import { groupsOf, listedAs } from '../src/overview/inactivity-groups'
import { linesOf, pathOf } from '../src/overview/seat-lines'
import { draftFromFilter, leftOutOf, linesIn, withLines } from '../src/policies/draft'
import { subjectsIn } from '../src/protected/subjects'
import { hrefOf, parseRoute } from '../src/shell/route'
import { asAddress, asMatching, filterIn } from '../src/users/filter'

describe('an address', () => {
  it('contains screen, id and query', () => {
    const href = hrefOf('policies', 'Free 50% / all', { site: 'a&b', empty: '' })
    expect(parseRoute(href)).toEqual({ screen: 'policies', id: 'Free 50% / all', query: { site: 'a&b' } })
  })

  it.each(['', '#', '#/nowhere', '#/plans/%', '#/constructor'])('that is unknown never throws: %s', (hash) => {
    expect(['overview', 'plans']).toContain(parseRoute(hash).screen)
  })
})

it('reads the first column of pasted text, each subject once, and email addresses as patterns', () => {
  const pasted =
    '\uFEFFaccount id,name\r\n712020:a,"Mia"\n"group:x, y"\nmia@acme.example\n712020:a\n\nemail:*@p.example'
  expect(subjectsIn(pasted)).toEqual(['712020:a', 'group:x, y', 'email:mia@acme.example', 'email:*@p.example'])
})

it('reads the whole name of a group, also with commas, and the first cell of any other line', () => {
  expect(subjectsIn('group:Sales, EMEA\nemail:*@a.example,Partners,2027-01-31\nemail:*@b.example;x')).toEqual([
    'group:Sales, EMEA',
    'email:*@a.example',
    'email:*@b.example',
  ])
})

describe('a draft', () => {
  it('becomes lines and back, unless its conditions nest deeper', () => {
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

  it('comes from a filter, with its product and without parts that no policy supports', () => {
    expect(
      draftFromFilter({ site: 's', product: 'p', inactiveFor: '60d', managed: 'false', search: 'mia' }),
    ).toMatchObject({
      scope: { site: 's', product: 'p' },
      conditions: { all: [{ 'inactive-for': '60d' }, { managed: false }] },
    })
    expect(leftOutOf({ site: 's', product: 'p', search: 'mia' })).toEqual(['mia'])
  })

  it('keeps a product without a site as a condition, and lists a site that no condition supports', () => {
    expect(draftFromFilter({ product: 'confluence', inactiveFor: '60d' })).toMatchObject({
      scope: 'organization',
      conditions: { all: [{ 'inactive-for': '60d' }, { 'has-product': 'confluence' }] },
    })
    expect(leftOutOf({ product: 'confluence' })).toEqual([])
    expect(leftOutOf({ site: 'acme.atlassian.net' })).toEqual(['acme.atlassian.net'])
  })
})

describe('a filter', () => {
  it('comes back from its address, also for managed and external users together', () => {
    const filter = { search: 'mia', inactiveFor: '90d' }
    expect(filterIn(asAddress(filter) as Record<string, string>)).toEqual(filter)
  })

  it('preselects nothing that the address does not say', () => {
    expect([filterIn({}), filterIn({ managed: 'any' })]).toEqual([{}, {}])
  })

  it('has no order in a plan request', () => {
    expect(asMatching({ managed: 'true', sort: 'name', status: 'active' })).toEqual({ managed: true, status: 'active' })
  })
})

it('counts each user in one group, for any thresholds', () => {
  const activity = {
    days: [0, 29, 30, 89, 90, 400].map((ago) => ({ ago, count: 1 })),
    neverFor: [
      { ago: 10, count: 1 },
      { ago: 90, count: 1 },
    ],
    unknown: 3,
  }
  expect(groupsOf(activity, { lessActive: 30, inactive: 90 })).toEqual({
    active: 2,
    lessActive: 2,
    inactive: 2,
    never: 1,
    newcomer: 1,
    unknown: 3,
  })
  expect(groupsOf(activity, { lessActive: 400, inactive: 400 })).toMatchObject({
    active: 5,
    lessActive: 0,
    inactive: 1,
  })
})

it('draws a gap for an unknown number, never a zero', () => {
  const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`
  const seats = (used: number | null) => [{ site: 's', product: 'p', used }]
  const [line] = linesOf([1, 2, 3].map((day) => ({ at: at(day), seats: seats(day === 2 ? null : day) })))
  expect(line?.points.map(({ used }) => used)).toEqual([1, null, 3])
  expect(pathOf(line ?? { site: '', product: '', points: [] }, 100, 40)).toMatch(/^M\S+ \S+ M\S+ \S+$/)
})

it('counts the users that the link lists: inactive for that long, or never active and added that long ago', () => {
  const [days, neverFor] = [
    [29, 30, 400],
    [10, 30, 90],
  ].map((all) => all.map((ago) => ({ ago, count: 1 })))
  const activity = { days: days ?? [], neverFor: neverFor ?? [] }
  expect([1, 30, 31, 365].map((inactive) => listedAs(activity, inactive))).toEqual([6, 4, 2, 1])
  for (const inactive of [1, 30, 31, 365]) {
    const groups = groupsOf({ ...activity, unknown: 0 }, { lessActive: 1, inactive })
    expect(groups.inactive + groups.never).toBe(listedAs(activity, inactive))
  }
})
