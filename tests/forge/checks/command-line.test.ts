// The checks that Forge's command line makes before a deployment: its linters and its bundlers.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isNightly } from '../../nightly.js'
import { appFolder, copyOfApp, removeCopies } from './copy.js'
import { check, installed } from './installed.js'

interface Linted {
  readonly sources: number
  readonly linters: number
  readonly problems: readonly string[]
}
interface Bundled {
  readonly bundler?: string
  readonly outputDir: string
  readonly files: readonly string[]
  readonly exported: Readonly<Record<string, string>>
}

const patience = 600_000
const handlers = { resolver: 'function', tick: 'function', worker: 'function' }

describe.skipIf(!installed)("Forge's linters", () => {
  let linted: readonly Linted[]
  // Checks of the manifest need no sources, which take seconds to parse.
  const withoutSources = { src: null, 'src/index.ts': 'export {}\n' }
  // All run in one process, because compiling the schemas takes most of the time.
  beforeAll(async () => {
    const withoutScope = copyOfApp((text) => text.replace('    - read:permission:jira\n', ''))
    const slowPage = copyOfApp(
      (text) => text.replace('handler: index.resolver', 'handler: index.resolver\n      timeoutSeconds: 900'),
      withoutSources,
    )
    const withoutHandlers = copyOfApp((text) => text, { ...withoutSources, dist: null })
    linted = await check<Linted[]>('lint.mjs', appFolder, withoutScope, slowPage, withoutHandlers)
  }, patience)
  afterAll(removeCopies)

  it('find nothing in the app', () => {
    const [app] = linted
    expect(app?.problems).toEqual([])
    expect(app?.linters).toBe(15)
    expect(app?.sources).toBeGreaterThan(15)
  })

  it('read our sources, and report a missing scope at the call that needs it', () => {
    expect(linted[1]?.problems.join('\n')).toMatch(/src\/admin\.ts: .*\/rest\/api\/3\/mypermissions requires/)
  })

  it('refuse a page function with a time-out of 15 minutes', () => {
    expect(linted[2]?.problems.join('\n')).toMatch(/resolver.*timeoutSeconds|timeoutSeconds.*resolver/)
  })

  it('look for the handlers where they are built', () => {
    expect(linted[3]?.problems.join('\n')).toMatch(/'index\.worker' cannot find associated file/)
  })
})

describe.skipIf(!installed)("Forge's bundlers", () => {
  afterAll(removeCopies)

  it(
    'accept our bundle as it is built, with all handlers in it',
    async () => {
      const { bundler, outputDir, files, exported } = await check<Bundled>('bundle.cjs', appFolder)
      expect({ bundler, outputDir, exported }).toEqual({
        bundler: 'manual@2026',
        outputDir: `${appFolder}/dist`,
        exported: handlers,
      })
      expect(files).toEqual(expect.arrayContaining(['index.cjs', 'index.js', '__forge__.cjs']))
    },
    patience,
  )

  // It takes long, and only matters if the platform stops accepting our own bundle.
  it.each(isNightly ? ['webpack'] : [])(
    'can also bundle the app with %s',
    async () => {
      const own = /^ {2}package:\n {4}bundler: .*\n {4}path: .*\n/m
      const folder = copyOfApp((text) => text.replace(own, ''), {
        // webpack reads neither our TypeScript nor the newest JavaScript, except in .cjs files.
        'src/index.ts': null,
        'src/index.js': "module.exports = require('../dist/index.cjs')\n",
      })
      const { bundler, files, exported } = await check<Bundled>('bundle.cjs', folder)
      expect({ bundler, exported }).toEqual({ exported: handlers })
      expect(files).toEqual(expect.arrayContaining(['index.cjs', '__forge__.cjs']))
    },
    patience,
  )
})
