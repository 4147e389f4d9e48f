// Select: every account in scope is either matched or excluded, with a reason.

import { describe, expect, it } from 'vitest'
import { type Account, type ActionId, consider, type Criteria, day, exclusionText, select } from '../src/index.js'
import { access, account, accountId, confluence, group, jira, policy, site, testNow } from '../src/testing/index.js'

const jiraUsers = group('jira-users', { grants: [jira], isDefault: true })
const member = (changes: Partial<Account> = {}): Account =>
  account({ products: [access()], groups: [{ id: jiraUsers.id, name: jiraUsers.name }], ...changes })
const criteria = (changes: Partial<Criteria> = {}): Criteria => ({
  scope: { site, product: 'jira-software' },
  conditions: policy().conditions,
  action: 'revoke-product-access',
  target: { site, product: 'jira-software', workspace: jira },
  groups: [jiraUsers],
  protections: [],
  vetoes: [],
  requesters: [],
  now: testNow,
  ...changes,
})
const judged = (one: Account, changes: Partial<Criteria> = {}) => {
  const judgement = consider(one, criteria(changes))
  if (judgement.matched) return ['matched', judgement.because]
  return [judgement.alreadySo ? 'already so' : 'excluded', exclusionText(judgement.because)]
}
const active = { kind: 'at', at: testNow - day } as const
const wikiUser = access({ workspace: confluence, product: 'confluence', lastActive: active })

describe('an account is', () => {
  it('matched because of its conditions', () => {
    expect(judged(member())).toEqual(['matched', 'last active 2026-05-08'])
  })
  it('excluded because it is protected, before any other check', () => {
    expect(judged(member({ platformRoles: ['atlassian/org-admin'] }))).toEqual(['excluded', 'organization admin'])
  })
  it('excluded because it is the requester', () => {
    expect(judged(member(), { requesters: [accountId('person-1')] })).toEqual(['excluded', 'is the requester'])
  })
  it('excluded because its conditions do not match', () => {
    expect(judged(member({ products: [access({ lastActive: active })] }))).toEqual([
      'excluded',
      'not inactive for 90 days',
    ])
  })
  it('excluded because unknown data allows no verdict, and the reason says what is unknown', () => {
    const lastActive = { kind: 'unknown', why: 'Atlassian sent an unreadable date' } as const
    expect(judged(member({ products: [access({ lastActive })] }))).toEqual([
      'excluded',
      'last active unknown: Atlassian sent an unreadable date',
    ])
  })
  it('excluded because the action is not possible for it', () => {
    expect(judged(member(), { groups: [{ ...jiraUsers, modifiable: false }] })[0]).toBe('excluded')
  })
  it('"already so" when nothing is left to do', () => {
    expect(judged(member({ membershipStatus: 'suspended' }), { action: 'suspend-access' })).toEqual([
      'already so',
      'already suspended',
    ])
  })
  it('matched without conditions when a person picked it, but still protected', () => {
    expect(judged(member({ products: [access({ lastActive: active })] }), { conditions: undefined })).toEqual([
      'matched',
      'picked one by one',
    ])
    expect(judged(member({ accountType: 'app' }), { conditions: undefined })[0]).toBe('excluded')
  })
})

describe('a policy for one product', () => {
  const busyElsewhere = member({ products: [access(), wikiUser] })
  it.each<[ActionId, string]>([
    ['revoke-product-access', 'matched'],
    ['suspend-access', 'excluded'],
    ['deactivate-account', 'excluded'],
  ])('judges an account that is active in another product, for %s: %s', (action, expected) => {
    expect(judged(busyElsewhere, { action })[0]).toBe(expected)
  })
  it('names the other products in the reason', () => {
    expect(judged(busyElsewhere, { action: 'suspend-access' })[1]).toBe('in other products: not inactive for 90 days')
  })
})

describe('a selection', () => {
  async function* stream(accounts: readonly Account[]) {
    yield* accounts
  }
  const of = async (accounts: readonly Account[], changes: Partial<Criteria> = {}) => {
    const found = []
    for await (const { account: one, matched } of select(stream(accounts), criteria(changes)))
      found.push([one.accountId, matched])
    return found
  }
  const outside = account({ accountId: accountId('outside') })

  it('contains every account in scope once, in order, and no other', async () => {
    expect(await of([member(), outside, member({ accountId: accountId('b'), accountType: 'app' })])).toEqual([
      ['person-1', true],
      ['b', false],
    ])
  })
  it('contains every account when the scope is the organization or the action grants access', async () => {
    expect(await of([outside], { scope: 'organization' })).toHaveLength(1)
    expect(await of([outside], { action: 'grant-product-access' })).toHaveLength(1)
  })
  it('reads no more from its source than it has yielded', async () => {
    let pulled = 0
    async function* endless() {
      for (;;) {
        pulled += 1
        yield member()
      }
    }
    for await (const _one of select(endless(), criteria())) if (pulled >= 3) break
    expect(pulled).toBe(3)
  })
})
