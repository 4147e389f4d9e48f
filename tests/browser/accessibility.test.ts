// axe finds no violation on any page with content, in light and dark colours. The page follows the colours of the browser
// without a reload. Both have the same markup and layout, so the dark page is checked only by the two rules of axe that
// compare colours; the light page is checked by all rules.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { openServer } from './hosts.js'
import { serveAll } from './served.js'

const patience = 180_000
const served = serveAll(patience)
/** The default rules of axe that read colours. */
const ofColours = ['color-contrast', 'link-in-text-block'] as const
type Violations = Awaited<ReturnType<typeof openPage>>['violations']
const policy = {
  name: 'Suspend inactive users',
  scope: 'organization',
  conditions: { 'inactive-for': '90d' },
  actions: ['suspend-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
  // More accounts than the limit allows, and few enough for a fast check by axe.
  limits: { take: 6, accounts: 5 },
}
let [planId, runId] = ['', '']
beforeAll(async () => {
  const { api } = served.server
  await api('POST', '/policies', policy)
  await api('POST', '/policies/Suspend%20inactive%20users/enable', {})
  await api('PUT', '/protections', { subject: 'email:*@partner.example', reason: 'Partners' })
  await api('PUT', '/filters', { name: 'Quiet', filter: { inactiveFor: '90d' } })
  await api('PATCH', '/keys/expiry', { read: new Date().toISOString().slice(0, 10) })
  await api('POST', '/keys/check', {})
  const plan: { planId: string; fingerprint: string } = await api('POST', '/plans', { policy: policy.name })
  await api('POST', `/plans/${plan.planId}/approval`, { fingerprint: plan.fingerprint })
  planId = plan.planId
  runId = ((await api('GET', '/runs')) as { runId: string; status: string }[]).at(-1)?.runId ?? ''
}, patience)

const opened = async (page: Page, hash: string, there: string): Promise<void> => {
  await page.goto(`${served.server.url}${hash}`)
  await page.locator(there).first().waitFor()
  await expect.poll(() => page.getByTestId('loading').count()).toBe(0)
}
const person = async (page: Page): Promise<void> => {
  await page.getByTestId('users').locator('tbody th button').first().click()
  await page.getByTestId('person').getByText('What Rollcall did').waitFor()
}

const selection = async (page: Page): Promise<void> => {
  await page.getByLabel('Select all users on this page').check()
  await page.getByText(/^\d+ selected$/).waitFor()
}
const protecting = async (page: Page): Promise<void> => {
  await person(page)
  await page.getByTestId('person').getByRole('button', { name: 'Protect…' }).click()
  await page.getByTestId('protect-dialog').waitFor()
}
const savedFilters = async (page: Page): Promise<void> => {
  await page.getByTestId('saved-filters').locator('summary').click()
  await page.getByTestId('saved-filters').getByRole('button', { name: 'Remove Quiet' }).waitFor()
}
const deletion = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByTestId('delete-policy').waitFor()
}
const approval = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Approve…' }).click()
  await page.getByTestId('approve-dialog').waitFor()
}
const badPolicy = async (page: Page): Promise<void> => {
  await page.getByLabel(/as YAML/).fill('name: Typed\nscope: organization\nconditions: { idle: 1 }\nactions: [none]\n')
  await page.getByTestId('policy-outlook').getByText('unknown condition "idle"').waitFor()
}
const badEntries = async (page: Page): Promise<void> => {
  const add = page.getByTestId('add-protection')
  await add.getByLabel('Protect, one per line').fill('group:no-such-group')
  await add.getByLabel('Reason').fill('Agreed with legal')
  await add.getByRole('button', { name: 'Protect 1' }).click()
  await add.getByText('0 protected, 1 not protected.').waitFor()
}
const badLimit = async (page: Page): Promise<void> => {
  await page.getByTestId('limits').getByLabel('percent of the population that one run may change').fill('90')
  await page.getByTestId('limits').getByRole('button', { name: 'Save limits' }).click()
  await page.getByTestId('limits').getByText('must be at most 20').waitFor()
}

interface Shown {
  readonly name: string
  readonly hash: () => string
  /** Selects what appears when the page has loaded. */
  readonly there: string
  readonly act?: (page: Page) => Promise<void>
  /** The test id of the part that the act opens or fills; another test checks the rest of the page. */
  readonly within?: string
}
/** Some users of every kind: all rows have the same violations, and axe takes long for fifty rows. */
const some = 'managed=any&search=mia'
const pages: readonly Shown[] = [
  { name: 'the overview', hash: () => '', there: '[data-testid=inactivity] table' },
  { name: 'org users', hash: () => `#/org-users?${some}`, there: '[data-testid=users] tbody tr' },
  {
    name: 'a selection of people',
    hash: () => `#/org-users?${some}`,
    there: '[data-testid=users] tbody tr',
    act: selection,
  },
  {
    name: 'product users',
    hash: () => `#/product-users?site=${host}&product=jira-software&${some}`,
    there: '[data-testid=users] tbody tr',
  },
  {
    name: 'a person',
    hash: () => `#/org-users?${some}`,
    there: '[data-testid=users] tbody tr',
    act: person,
    within: 'person',
  },
  {
    name: 'what protects a person',
    hash: () => `#/org-users?${some}`,
    there: '[data-testid=users] tbody tr',
    act: protecting,
    within: 'protect-dialog',
  },
  {
    name: 'saved filters',
    hash: () => `#/org-users?${some}`,
    there: '[data-testid=users] tbody tr',
    act: savedFilters,
    within: 'saved-filters',
  },
  { name: 'the plans', hash: () => '#/plans', there: '[data-testid=plans-waiting] table' },
  { name: 'a refused plan', hash: () => `#/plans/${planId}`, there: '[data-testid=plan-refusals]' },
  {
    name: 'the approval of a plan',
    hash: () => `#/plans/${planId}`,
    there: '[data-testid=plan-refusals]',
    act: approval,
    within: 'approve-dialog',
  },
  { name: 'the policies', hash: () => '#/policies', there: '[data-testid=policy]' },
  {
    name: 'the question before a policy is deleted',
    hash: () => '#/policies',
    there: '[data-testid=policy]',
    act: deletion,
    within: 'delete-policy',
  },
  { name: 'a new policy', hash: () => '#/policies/new', there: '[data-testid=policy-form]' },
  { name: 'a policy with a mistake', hash: () => '#/policies/new', there: '[data-testid=policy-form]', act: badPolicy },
  {
    name: 'a policy',
    hash: () => `#/policies/${encodeURIComponent(policy.name)}`,
    there: '[data-testid=policy-dates] li',
  },
  { name: 'the runs', hash: () => '#/runs', there: '[data-testid=runs] table' },
  { name: 'a run', hash: () => `#/runs/${runId}`, there: '[data-testid=run-people] tbody tr' },
  { name: 'the protected list', hash: () => '#/protected', there: '[data-testid=automatic] tbody tr' },
  {
    name: 'an entry that cannot be protected',
    hash: () => '#/protected',
    there: '[data-testid=automatic] tbody tr',
    act: badEntries,
    within: 'add-protection',
  },
  { name: 'the audit log', hash: () => '#/audit', there: '[data-testid=audit-entries] tbody tr' },
  { name: 'the settings', hash: () => '#/settings', there: '[data-testid=keys] tbody tr' },
  {
    name: 'a limit out of bounds',
    hash: () => '#/settings',
    there: '[data-testid=keys] tbody tr',
    act: badLimit,
    within: 'limits',
  },
  { name: 'what is not there', hash: () => '#/plans/none', there: '[data-testid=trouble]' },
]

/** Checks the page by all rules in light colours, and by the rules about colours in dark ones. */
async function inBothColours(page: Page, violations: Violations, within?: string): Promise<void> {
  const part = within === undefined ? undefined : `[data-testid=${within}]`
  for (const [colorScheme, rules] of [['light'], ['dark', ofColours]] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-color-mode=${colorScheme}]`).waitFor({ state: 'attached' })
    expect(await violations({ rules, part }), `${colorScheme} colours`).toEqual([])
  }
}

describe('in light and dark colours', () => {
  it.each(pages)('axe finds no violation on $name', { timeout: patience }, async ({ hash, there, act, within }) => {
    const { page, violations, complaints, close } = await openPage()
    await opened(page, hash(), there)
    await act?.(page)
    await inBothColours(page, violations, within)
    expect(complaints).toEqual([])
    await close()
  })

  it('axe finds no violation at first use', { timeout: patience }, async () => {
    const fresh = await openServer({ fresh: true, connected: false, users: 60 })
    const { page, violations, close } = await openPage()
    await page.goto(fresh.url)
    await page.getByTestId('connect-form').waitFor()
    await inBothColours(page, violations)
    await close()
    await fresh.close()
  })
})
