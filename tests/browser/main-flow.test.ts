// The main flow on both hosts: connecting, the first sync, a preview, an approval, a run, and its undo.

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startSimulator } from '@rollcall/simulator'
import { startApp, withoutForge } from '../forge/host.js'
import { host } from '../stories/world.js'
import { openPage } from './chromium.js'
import { isNightly } from '../nightly.js'
import { mouse, pairs, type Hands } from './hands.js'
import { leavePort, openServer, takePort } from './hosts.js'

const patience = 240_000

type Writes = () => Promise<readonly string[]>

/** Opens a link of the navigation. */
const open = (page: Page, hands: Hands, name: string) => hands.press(page.getByRole('link', { name, exact: true }))

/** Suspends three inactive users who are not protected, and undoes the run. */
async function fromTheRollToTheUndo(page: Page, hands: Hands, writes: Writes): Promise<void> {
  await open(page, hands, 'Product users')
  const filters = page.getByRole('search', { name: 'Filters' })
  await hands.choose(filters.getByLabel('Inactive for'), '90d')
  await hands.choose(filters.getByLabel('Status'), 'active')
  await page.waitForURL(/inactiveFor=90d&status=active|status=active.*inactiveFor=90d/)
  // A list that arrives late would drop the selection of the one before.
  await page.waitForLoadState('networkidle')
  const rows = page.getByTestId('users').locator('tbody tr').filter({ hasText: 'Not protected' })
  await rows.nth(2).waitFor()
  for (const index of [0, 1, 2]) await hands.tick(rows.nth(index).getByRole('checkbox'))
  await hands.choose(page.getByLabel('Action'), 'suspend-access')
  await hands.press(page.getByRole('button', { name: 'Preview 3 changes' }))
  await page.getByTestId('plan-facts').waitFor()
  const people = page.getByTestId('plan-changed').locator('tbody tr')
  await people.first().waitFor()
  expect(await writes()).toEqual([])
  const touched = await people.count()
  await hands.press(page.getByRole('button', { name: 'Approve…' }))
  await hands.write(page.getByLabel(/Type the number of users/), String(touched))
  await hands.press(page.getByRole('button', { name: /^Approve and run \d+ change/ }))

  const runs = page.getByTestId('runs')
  const ended = () =>
    runs
      .getByText('Finished', { exact: true })
      .first()
      .waitFor({ timeout: patience / 4 })
  await page.getByTestId('run-progress').waitFor()
  await ended()
  await hands.press(page.getByRole('button', { name: `Changed (${touched})` }))
  await expect.poll(() => page.getByTestId('run-people').locator('tbody tr').count()).toBe(touched)
  expect(new Set(await writes()).size).toBe(touched)

  await hands.press(page.getByRole('button', { name: 'Undo…' }))
  await page.getByTestId('plan-facts').getByText('restore').first().waitFor()
  await expect.poll(() => people.count()).toBe(touched)
  await hands.press(page.getByRole('button', { name: 'Approve…' }))
  await hands.press(page.getByRole('button', { name: /^Approve and run \d+ change/ }))
  await page.waitForURL(/#\/runs\//)
  await ended()
  await page.getByRole('button', { name: `Changed (${touched})` }).waitFor()
  await open(page, hands, 'Runs')
  await runs.locator('tbody tr').nth(1).waitFor()
}

interface Organization {
  readonly id: string
  readonly keys: { readonly scoped: string; readonly unscoped: string }
}

/** Enters both keys, and syncs for the first time. */
async function connect(page: Page, hands: Hands, { id, keys }: Organization): Promise<void> {
  await hands.write(page.getByLabel('Organization id'), id)
  await hands.write(page.getByLabel('Read API key', { exact: true }), keys.scoped)
  await hands.write(page.getByLabel('API key for changes (optional)'), keys.unscoped)
  await hands.press(page.getByRole('button', { name: 'Connect', exact: true }))
  await page
    .getByTestId('connection')
    .getByText(`ends in ${keys.scoped.slice(-4)}`)
    .waitFor()
  await open(page, hands, 'Org users')
  await page.getByTestId('first-sync').waitFor()
  await hands.press(page.getByRole('link', { name: 'Go to the overview' }))
  await hands.press(page.getByRole('button', { name: 'Start first sync' }))
  await page.getByTestId('sync-progress').waitFor()
  await page
    .getByTestId('seats')
    .getByText(`· ${host.split('.')[0] ?? ''}`)
    .first()
    .waitFor()
}

it.each(pairs)(
  'an admin connects, syncs, runs a plan and undoes it on the server, by $name',
  { timeout: patience },
  async (hands) => {
    const server = await openServer({ fresh: true, connected: false })
    const { page, complaints, answered, close } = await openPage()
    await page.goto(server.url)
    const { organization } = server.world.simulator
    await connect(page, hands, organization)
    await fromTheRollToTheUndo(page, hands, server.world.writes)
    expect(complaints).toEqual([])
    for (const key of Object.values(organization.keys)) expect(await answered()).not.toContain(key)
    await close()
    await server.close()
  },
)

// Both hosts serve the same page, and the keyboard is tested on the server.
it.skipIf(withoutForge).each(isNightly ? pairs : [mouse])(
  'an admin connects, syncs, runs a plan and undoes it inside Jira, by $name',
  { timeout: patience },
  async (hands) => {
    const simulator = await startSimulator({ users: 250, now: new Date().toISOString() })
    const app = await startApp(simulator.url, { port: await takePort('forge') })
    const writes: Writes = async () => {
      const calls = await (await fetch(`${simulator.url}/_simulator/calls`)).json()
      return (calls as { writes: { accountId: string }[] }).writes.map(({ accountId }) => accountId)
    }
    const { page, complaints, close } = await openPage()
    await page.goto(`${app.url}app/`)
    await connect(page, hands, simulator.organization)
    await fromTheRollToTheUndo(page, hands, writes)
    expect(complaints).toEqual([])
    await close()
    await app.close()
    leavePort('forge', app.url)
    await simulator.close()
  },
)
