// Names that the command line takes: written in another way they mean the same, and none is ignored.

import type { App } from '@rollcall/core'
import { memoryWorld, organization, person, site } from '@rollcall/core/testing'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { accountCommands } from '../src/cli/accounts.js'
import { planCommands } from '../src/cli/plans.js'
import type { Session } from '../src/cli/session.js'

/** Runs one command on an app in memory and returns what it prints. */
async function printed(app: App, words: readonly string[]): Promise<string> {
  const lines: string[] = []
  const session = {
    print: (text: string) => lines.push(text),
    show: (_flags: unknown, _data: unknown, inWords: () => string) => lines.push(inWords()),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
    file: (name: string) => name,
    using:
      <Given extends readonly unknown[]>(act: (open: { readonly app: App }, ...given: Given) => Promise<void>) =>
      (...given: Given) =>
        act({ app }, ...given),
  } as unknown as Session
  const program = new Command()
  accountCommands(program, session)
  planCommands(program, session)
  await program.parseAsync(['node', 'rollcall', ...words])
  return lines.join('\n')
}

async function synced(): Promise<App> {
  const { app } = memoryWorld(
    organization(Array.from({ length: 5 }, (_, n) => person(`person-${n}`, { groups: ['confluence-users'] }))),
  )
  await app.sync('mia')
  return app
}

it('shows the last activity in a product, however its site and its name are written', async () => {
  const app = await synced()
  const rows = (text: string) => text.split('\n').filter((line) => line.includes('person-'))
  const exact = rows(await printed(app, ['accounts', '--site', site, '--product', 'confluence']))
  expect(exact).toHaveLength(5)
  for (const product of ['Confluence', 'CONFLUENCE']) {
    const others = rows(await printed(app, ['accounts', '--site', site.toUpperCase(), '--product', product]))
    expect(others.join('\n')).not.toContain('no access')
    expect(others.map((line) => line.split(/\s{2,}/))).toEqual(exact.map((line) => line.split(/\s{2,}/)))
  }
})

it.each(['site', 'product', 'group'])('plan of a policy refuses --%s, which it would ignore', async (option) => {
  const app = await synced()
  const command = ['plan', 'Some policy', `--${option}`, 'anything']
  await expect(printed(app, command)).rejects.toThrow(`Leave out --${option}, or change the policy.`)
})
