// Every page, light and dark, with something to show on it: axe finds nothing.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { openServer } from './hosts.js'
import { serveAll } from './served.js'

const patience = 180_000
const served = serveAll(patience)
const policy = {
  name: 'Suspend who has gone quiet',
  scope: 'organization',
  conditions: { 'inactive-for': '90d' },
  actions: ['suspend-access'],
  schedule: { every: '1 week', on: 'monday', at: '07:00', timeZone: 'Europe/Berlin' },
}
let [planId, runId] = ['', '']
beforeAll(async () => {
  const { api } = served.server
  await api('POST', '/policies', policy)
  await api('POST', '/policies/Suspend%20who%20has%20gone%20quiet/enable', {})
  await api('PUT', '/protections', { subject: 'email:*@partner.example', reason: 'Partners' })
  await api('PATCH', '/keys/expiry', { read: new Date().toISOString().slice(0, 10) })
  await api('POST', '/keys/check', {})
  const plan: { planId: string; fingerprint: string } = await api('POST', '/plans', { policy: policy.name })
  await api('POST', `/plans/${plan.planId}/approval`, { fingerprint: plan.fingerprint })
  planId = plan.planId
  runId = ((await api('GET', '/runs')) as { runId: string; status: string }[]).at(-1)?.runId ?? ''
}, patience)

const opened = async (page: Page, hash: string, there: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(`${served.server.url}${hash}`)
  await page.locator(there).first().waitFor()
  await expect.poll(() => page.getByTestId('loading').count()).toBe(0)
}
const person = async (page: Page): Promise<void> => {
  await page.getByTestId('users').locator('tbody th button').first().click()
  await page.getByTestId('person').getByText('What was done through Rollcall').waitFor()
}

interface Shown {
  readonly name: string
  readonly hash: () => string
  /** What says that it is all there. */
  readonly there: string
  readonly act?: (page: Page) => Promise<void>
}
const pages: readonly Shown[] = [
  { name: 'the overview', hash: () => '', there: '[data-testid=inactivity] table' },
  { name: 'org users', hash: () => '#/org-users', there: '[data-testid=users] tbody tr' },
  {
    name: 'product users',
    hash: () => `#/product-users?site=${host}&product=jira-software`,
    there: '[data-testid=users] tbody tr',
  },
  { name: 'a person', hash: () => '#/org-users', there: '[data-testid=users] tbody tr', act: person },
  { name: 'the plans', hash: () => '#/plans', there: '[data-testid=plans-waiting] table' },
  { name: 'a refused plan', hash: () => `#/plans/${planId}`, there: '[data-testid=plan-refusals]' },
  { name: 'the policies', hash: () => '#/policies', there: '[data-testid=policy]' },
  { name: 'a new policy', hash: () => '#/policies/new', there: '[data-testid=policy-form]' },
  {
    name: 'a policy',
    hash: () => `#/policies/${encodeURIComponent(policy.name)}`,
    there: '[data-testid=policy-dates] li',
  },
  { name: 'the runs', hash: () => '#/runs', there: '[data-testid=runs] table' },
  { name: 'a run', hash: () => `#/runs/${runId}`, there: '[data-testid=run-people] tbody tr' },
  { name: 'the protected list', hash: () => '#/protected', there: '[data-testid=automatic] tbody tr' },
  { name: 'the audit log', hash: () => '#/audit', there: '[data-testid=audit-entries] tbody tr' },
  { name: 'the settings', hash: () => '#/settings', there: '[data-testid=keys] tbody tr' },
  { name: 'what is not there', hash: () => '#/plans/none', there: '[data-testid=trouble]' },
]

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it.each(pages)('breaks no rule on $name', { timeout: patience }, async ({ hash, there, act }) => {
    const { page, violations, complaints, close } = await openPage(served.browser, { colorScheme })
    await opened(page, hash(), there)
    await page.locator(`html[data-color-mode=${colorScheme}]`).waitFor({ state: 'attached' })
    await act?.(page)
    expect(await violations()).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('breaks no rule at the first use', { timeout: patience }, async () => {
    const fresh = await openServer({ fresh: true, connected: false, users: 60 })
    const { page, violations, close } = await openPage(served.browser, { colorScheme })
    await page.goto(fresh.url)
    await page.getByTestId('connect-form').waitFor()
    expect(await violations()).toEqual([])
    await close()
    await fresh.close()
  })
})
