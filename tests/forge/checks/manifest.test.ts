// The manifest by the platform's own validator, in every kind of validation that it knows.

import { ProcessorBuilder, ValidationTypes } from '@forge/manifest'
import { Ajv } from 'ajv'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileOnce } from '../../../tools/forge-checks/compile-once.mjs'
import { appFolder, copyOfApp, removeCopies } from './copy.js'

// The first one compiles the whole schema, which takes seconds.
const patience = 120_000
/** The platform's list is behind its log-in. */
const deprecatedRuntimes = ['nodejs18.x', 'nodejs20.x']

/** What the validator says of the app in a folder. No warning is let pass, since none is known. */
async function complaintsOf(type: ValidationTypes, folder: string): Promise<string[]> {
  // It looks for some of the files that a manifest names in the working directory.
  const before = process.cwd()
  process.chdir(folder)
  try {
    const processor = ProcessorBuilder.instance().withValidation(type).withOptions({ deprecatedRuntimes }).build()
    const { success, errors = [] } = await processor.process()
    const complaints = errors.map(({ level, line, message }) => `${level} in line ${line}: ${message}`)
    return success || complaints.length > 0 ? complaints : ['no success, and no word why']
  } finally {
    process.chdir(before)
  }
}

describe('the manifest', () => {
  let compileAnew: () => void
  beforeAll(() => {
    compileAnew = compileOnce(Ajv)
    for (const file of ['dist/index.cjs', '../ui/dist/index.html'])
      if (!existsSync(join(appFolder, file))) throw new Error('The Forge app is not built. Run "npm run build".')
  })
  afterAll(() => compileAnew())
  afterAll(removeCopies)

  for (const type of Object.values(ValidationTypes))
    it(
      `has no error and no warning in the validation "${type}"`,
      async () => expect(await complaintsOf(type, appFolder)).toEqual([]),
      patience,
    )

  const broken: Readonly<Record<string, readonly [() => string, RegExp]>> = {
    'a key that is there twice': [
      () => copyOfApp((text) => text.replace('key: long-work', 'key: hourly')),
      /duplicate module key 'hourly'/,
    ],
    'a longer time than there is': [
      () => copyOfApp((text) => text.replace('timeoutSeconds: 900', 'timeoutSeconds: 901')),
      /<= 900/,
    ],
    'a scope that does not exist': [
      () => copyOfApp((text) => text.replace('- read:permission:jira', '- read:everything:jira')),
      /read:everything:jira/,
    ],
    'handlers that were not built': [
      () => copyOfApp((text) => text, { dist: null }),
      /'index\.worker' cannot find associated file/,
    ],
    'a page that was not built': [
      () => copyOfApp((text) => text.replace('../ui/dist', '../ui/gone')),
      /\.\.\/ui\/gone/,
    ],
    'a runtime that is going': [() => copyOfApp((text) => text.replace('nodejs22.x', 'nodejs20.x')), /nodejs20\.x/],
  }
  for (const [what, [breakIt, complaint]] of Object.entries(broken))
    it(
      `would not pass with ${what}`,
      async () => expect((await complaintsOf(ValidationTypes.FULL, breakIt())).join('\n')).toMatch(complaint),
      patience,
    )
})
