// One warm process serves several installations in turn. Each sees only its own tables, keys and data.

import { afterEach, describe, expect, it } from 'vitest'
import { startSimulator } from '@rollcall/simulator'
import { perInstallation } from '@rollcall/forge/per-installation'
import type { ForgeHost } from '@rollcall/forge-host'
import { ask } from './app.js'
import { withoutForge } from './host.js'
import { openForgeWorld } from './world.js'

const valueOf = async <Value>(host: ForgeHost, operation: string) =>
  ((await ask(host, operation)) as unknown as { value: Value }).value

describe.skipIf(withoutForge)('two installations in one process', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  it('have separate keys and tables, and see nothing of each other', async () => {
    const now = new Date().toISOString()
    const { host, simulator, close } = await openForgeWorld({ users: 30, now })
    closing.push(close)
    const others = await startSimulator({ users: 20, seed: 2, now })
    closing.push(() => others.close())
    const egress = { 'https://api.atlassian.com': others.url }
    const other = await host.install({ accountId: 'noah', jira: { admins: ['noah'] }, egress })
    closing.push(() => other.close())

    expect(await valueOf(other, 'connection')).toBe(null)
    expect(await valueOf(other, 'overview')).toMatchObject({ organization: null })
    const { id: organizationId, keys } = others.organization
    await ask(other, 'connect', { organizationId, readKey: keys.scoped, actKey: keys.unscoped })
    for (const [one, name] of [
      [host, 'mine'],
      [other, 'theirs'],
    ] as const) {
      await ask(one, 'sync')
      await ask(one, 'protect', { body: { subject: 'group:team-design', reason: name } })
      // The daily work signs the audit log.
      await one.tick()
      await one.idle()
    }

    const both = [host, other]
    const signed = await Promise.all(both.map((one) => valueOf<{ publicKey: string }[]>(one, 'checkpoints')))
    expect(signed.map((checkpoints) => checkpoints.length)).toEqual([1, 1])
    expect(signed[0]?.[0]?.publicKey).not.toBe(signed[1]?.[0]?.publicKey)
    expect(both.map(({ secrets }) => secrets.keys())).toEqual([
      ['checkpoint-key', 'read-key'],
      ['act-key', 'checkpoint-key', 'read-key'],
    ])
    expect(host.secrets.get('checkpoint-key')?.value).not.toBe(other.secrets.get('checkpoint-key')?.value)
    for (const one of both) expect(await valueOf(one, 'verification')).toMatchObject({ ok: true })
    const people = await Promise.all(both.map((one) => valueOf<{ people: { total: number } }>(one, 'overview')))
    expect(people.map(({ people: { total } }) => total)).toEqual(
      [simulator, others].map(({ organization }) => organization.accounts.length),
    )
    const reasons = both.map(async (one) =>
      (await valueOf<{ reason: string }[]>(one, 'protections')).map(({ reason }) => reason),
    )
    expect(await Promise.all(reasons)).toEqual([['mine'], ['theirs']])
  })
})

it('a value per installation is created once for each installation, and never returned to another one', () => {
  const serving = (installationId: string) =>
    Object.assign(globalThis, { __forge_runtime__: { appContext: { installationId }, lambdaContext: {} } })
  try {
    const made = perInstallation(() => ({}))
    const [first, second] = ['a', 'b'].map((id) => {
      serving(id)
      return made()
    })
    expect(first).not.toBe(second)
    serving('a')
    expect(made()).toBe(first)
  } finally {
    Reflect.deleteProperty(globalThis, '__forge_runtime__')
  }
})
