// First use inside Jira: connecting, the first sync, the overview, and disconnecting.

import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '@rollcall/simulator'
import type { ForgeHost } from '@rollcall/forge-host'
import { admin, startApp, withoutForge } from '../forge/host.js'
import { openPage } from './chromium.js'
import { keyboard, mouse, handsOfScreens, type Hands } from './hands.js'
import { leavePort, takePort } from './hosts.js'

/** Several accessibility checks take long on a busy machine. */
const patience = 120_000
const wrongKey = 'ATCTT-this-key-opens-nothing-at-all'
const secretNames = ['act-key', 'read-key']

/** The values of the inputs, which the markup does not show. */
const typed = (page: Page) =>
  page.locator('input:not([type=date])').evaluateAll((inputs) => inputs.map((one) => (one as never)['value']))

async function enter(page: Page, id: string, readKey: string, actKey = '', hands: Hands = mouse): Promise<void> {
  await hands.write(page.getByLabel('Organization id'), id)
  await hands.write(page.getByLabel('Read API key', { exact: true }), readKey)
  await hands.write(page.getByLabel('API key for changes (optional)'), actKey)
  await hands.press(page.getByRole('button', { name: 'Connect', exact: true }))
}

describe.skipIf(withoutForge)('first use inside Jira', { timeout: patience }, () => {
  let [simulator, host, app] = [] as unknown as [Simulator, ForgeHost, string]
  beforeEach(async () => {
    simulator = await startSimulator({ users: 250, now: new Date().toISOString() })
    host = await startApp(simulator.url, { port: await takePort('forge') })
    app = `${host.url}app/`
    return async () => {
      await host.close()
      leavePort('forge', host.url)
      await simulator.close()
    }
  }, patience)
  const keptSecrets = () => host.secrets.keys().filter((name) => secretNames.includes(name))

  it('an admin connects, syncs for the first time, and sees the overview', async () => {
    const { keys, id } = simulator.organization
    const { page, complaints, answered, violations, close } = await openPage()
    await page.goto(app)
    const card = page.getByTestId('connection')
    await card.getByRole('heading', { name: 'Connect your organization' }).waitFor()
    await expect.poll(() => page.getByText('ROLLCALL_ORG_ID').count()).toBe(0)
    await expect.poll(() => page.getByText('rollcall sync').count()).toBe(0)
    expect(await violations()).toEqual([])

    await enter(page, id, keys.scoped, keys.unscoped)
    await card.getByRole('button', { name: 'Start first sync' }).waitFor()
    await expect.poll(() => card.innerText()).toContain(`ends in ${keys.scoped.slice(-4)}`)
    await expect.poll(() => card.innerText()).toContain(`ends in ${keys.unscoped.slice(-4)}`)
    await expect.poll(() => card.innerText()).toContain(admin)
    expect(await violations()).toEqual([])

    await card.getByRole('button', { name: 'Start first sync' }).click()
    await card.getByText('continues when you leave this page').waitFor()
    await card.getByTestId('sync-progress').waitFor()
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    await card.getByRole('button', { name: 'Sync now' }).waitFor()
    await expect.poll(() => page.getByTestId('snapshot').innerText()).toContain('users')
    expect(await violations()).toEqual([])
    expect(complaints).toEqual([])

    const seen = [await page.content(), await answered(), ...(await typed(page)), JSON.stringify(host.log)].join('\n')
    const stored = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])')
    for (const key of [keys.scoped, keys.unscoped]) expect(`${seen}${String(stored)}`).not.toContain(key)
    await close()
  })

  it('a wrong key is explained and not stored', async () => {
    const { keys, id } = simulator.organization
    const { page, answered, violations, close } = await openPage()
    await page.goto(app)
    await enter(page, id, wrongKey)
    const failure = page.getByTestId('failure')
    await failure.getByText('The API key is wrong, expired, revoked or has too few rights').waitFor()
    expect(await violations()).toEqual([])
    expect(keptSecrets()).toEqual([])
    expect(await host.resolve('connection')).toEqual({ value: null })
    expect(`${await page.content()}${await answered()}`).not.toContain(wrongKey)

    // The fields keep their values, so the admin corrects only the key.
    await keyboard.write(page.getByLabel('Read API key', { exact: true }), keys.scoped)
    await keyboard.press(page.getByRole('button', { name: 'Connect', exact: true }))
    await page.getByRole('button', { name: 'Start first sync' }).waitFor()
    await expect.poll(() => failure.count()).toBe(0)
    expect(keptSecrets()).toEqual(['read-key'])
    await close()
  })

  it('the first sync continues after the admin closes the page', async () => {
    const { keys, id } = simulator.organization
    const first = await openPage()
    await first.page.goto(app)
    await enter(first.page, id, keys.scoped)
    await first.page.getByRole('button', { name: 'Start first sync' }).click()
    await first.page.getByText('continues when you leave this page').waitFor()
    await first.close()
    await host.idle(patience)
    const { page, close } = await openPage()
    await page.goto(app)
    await page.getByTestId('seats').getByText('· acme').first().waitFor()
    await close()
  })

  it('disconnecting asks for confirmation, and deletes the keys', async () => {
    const { keys, id } = simulator.organization
    const { page, violations, close } = await openPage()
    await page.goto(app)
    for (const hands of handsOfScreens) {
      await enter(page, id, keys.scoped, keys.unscoped, hands)
      await hands.press(page.getByRole('button', { name: 'Disconnect' }))
      expect(await violations()).toEqual([])
      await hands.press(page.getByRole('button', { name: 'Stay connected' }))
      expect(keptSecrets()).toEqual(secretNames)
      await hands.press(page.getByRole('button', { name: 'Disconnect' }))
      await hands.press(page.getByRole('button', { name: 'Disconnect now' }))
      await page.getByTestId('connect-form').waitFor()
      expect(keptSecrets()).toEqual([])
      expect(await typed(page)).toEqual(['', '', ''])
    }
    await close()
  })

  it('replacing one key keeps the other', async () => {
    const { keys, id } = simulator.organization
    const { page, close } = await openPage()
    await page.goto(app)
    await enter(page, id, keys.scoped, keys.unscoped)
    for (const { hands, key } of [
      { hands: mouse, key: keys.unscoped },
      { hands: keyboard, key: keys.scoped },
    ]) {
      await hands.press(page.getByRole('button', { name: 'Replace keys' }))
      expect(await typed(page)).toEqual([id, '', ''])
      await hands.press(page.getByRole('button', { name: 'Cancel' }))
      await hands.press(page.getByRole('button', { name: 'Replace keys' }))
      await hands.write(page.getByLabel('Read API key', { exact: true }), key)
      await hands.press(page.getByRole('button', { name: 'Connect', exact: true }))
      await expect.poll(() => host.secrets.get('read-key')?.value).toBe(key)
      await page.getByRole('button', { name: 'Replace keys' }).waitFor()
      expect(keptSecrets()).toEqual(secretNames)
      expect(host.secrets.get('act-key')?.value).toBe(keys.unscoped)
    }
    await close()
  })
})
