// Policy documents: which ones are valid, which ones are refused, and the path of each problem.

import { describe, expect, it } from 'vitest'
import { policyVersion, readPolicy } from '../src/index.js'
import { manualSystem, policy, site } from '../src/testing/index.js'

const valid = {
  name: 'Free unused Jira seats',
  scope: { site, product: 'jira-software' },
  conditions: { all: [{ 'inactive-for': '90d' }, { not: { 'in-group': 'contractors-keep' } }] },
  actions: ['revoke-product-access'],
}
/** Problems as `path: message`. */
const problems = (changes: Readonly<Record<string, unknown>>): readonly string[] => {
  const read = readPolicy({ ...valid, ...changes })
  return 'problems' in read ? read.problems.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
}

describe('a policy document', () => {
  it('gets defaults: approval is required, and it has no limits of its own', () => {
    const read = readPolicy(valid)
    expect('policy' in read ? [read.policy.approval, read.policy.limits] : read.problems).toEqual(['required', {}])
  })

  it('may have every form that the contract shows', () => {
    expect(
      problems({
        schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
        approval: 'required',
        limits: { accounts: 50, percent: 5, take: 25 },
      }),
    ).toEqual([])
    expect(problems({ scope: 'organization', actions: ['suspend-access'] })).toEqual([])
    expect(problems({ schedule: { once: '2026-12-01T07:00', timeZone: 'Europe/Berlin' } })).toEqual([])
    expect(problems({ schedule: { cron: '0 7 * * 1', timeZone: 'Europe/Berlin' } })).toEqual([])
  })

  it('has a new version when its meaning changes, and the same version when only its notation changes', async () => {
    const version = (changes: Readonly<Record<string, unknown>>) => policyVersion(policy(changes), manualSystem())
    const versions = await Promise.all(
      [
        {},
        { approval: 'required' },
        { approval: 'automatic' },
        { limits: { accounts: 999, percent: 20 } },
        { conditions: { 'inactive-for': '91d' } },
      ].map(version),
    )
    expect(versions[0]).toBe(versions[1])
    expect(new Set(versions).size).toBe(4)
  })
})

describe('a problem has a path and a message:', () => {
  it.each([
    ['a missing name', { name: undefined }, ['name: Enter a name']],
    ['an unknown key', { nmae: 'typo' }, ['nmae: unknown key "nmae"']],
    ['an unknown key further down', { limits: { percnt: 5 } }, ['limits.percnt: unknown key "percnt"']],
    [
      'a limit above the ceiling',
      { limits: { percent: 21 } },
      ['limits.percent: must be at most 20: percent of the population that one run may change'],
    ],
    [
      'an unknown action',
      { actions: ['delete-account'] },
      [expect.stringMatching(/^actions\.0: unknown action "delete-account"; known are activate-account, /)],
    ],
    [
      'two actions',
      { actions: ['suspend-access', 'deactivate-account'] },
      [expect.stringMatching(/^actions: must hold exactly one action/)],
    ],
    ['stages', { stages: [] }, [expect.stringMatching(/^stages: stages need warnings/)]],
    [
      'an unknown condition',
      { conditions: { inactive: '90d' } },
      [expect.stringMatching(/^conditions\.inactive: unknown condition "inactive"; known are added-before, /)],
    ],
    [
      'a bad value deep in a tree',
      { conditions: { all: [{ managed: true }, { any: [{ not: { 'inactive-for': '90 days' } }] }] } },
      [
        'conditions.all.1.any.0.not.inactive-for: must be a duration of at least one day, such as 90d or 12w; "m" stands for minutes',
      ],
    ],
    [
      'months that would be minutes',
      { conditions: { 'inactive-for': '3m' } },
      ['conditions.inactive-for: must be a duration of at least one day, such as 90d or 12w; "m" stands for minutes'],
    ],
    [
      'an empty list of conditions',
      { conditions: { all: [] } },
      ['conditions.all: must be a list of at least one condition'],
    ],
    [
      'two conditions in one',
      { conditions: { managed: true, status: 'active' } },
      ['conditions: must be one condition, such as { inactive-for: 90d }'],
    ],
    ['no conditions', { conditions: undefined }, ['conditions: must be one condition, such as { inactive-for: 90d }']],
    [
      'a product action for the whole organization',
      { scope: 'organization' },
      ['scope: revoke-product-access needs a scope with site and product'],
    ],
    [
      'a group action without a group',
      { actions: ['remove-from-group'] },
      ['actions: remove-from-group needs "group: NAME"'],
    ],
    ['a scope without a product', { scope: { site } }, ['scope.product: missing: product']],
    [
      'a site with a scheme',
      { scope: { site: 'https://acme.atlassian.net', product: 'x' } },
      ['scope.site: must be a host name such as acme.atlassian.net'],
    ],
    [
      'a time zone that does not exist',
      { schedule: { every: '1 day', timeZone: 'Europe/Atlantis' } },
      ['schedule.timeZone: unknown time zone "Europe/Atlantis"; use an IANA name such as Europe/Berlin'],
    ],
    [
      'a weekday for months',
      { schedule: { every: '1 month', on: 'monday', timeZone: 'UTC' } },
      ['schedule.on: use a weekday with weeks, or a day of the month with months'],
    ],
    [
      'zero accounts',
      { limits: { accounts: 0 } },
      ['limits.accounts: must be at least 1: accounts that one run may change'],
    ],
    [
      'two problems at once',
      { limits: { accounts: 0 }, approval: 'maybe' },
      [expect.stringContaining('approval'), expect.stringContaining('limits.accounts')],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(problems(changes)).toEqual(expected)
  })

  it.each([[undefined], [null], ['text'], [[]], [42]])('a document that is %j', (document) => {
    expect('problems' in readPolicy(document)).toBe(true)
  })
})
