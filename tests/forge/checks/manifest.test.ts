// Forge's own validator checks the manifest, in every kind of validation that it has.

import { ProcessorBuilder, ValidationTypes } from '@forge/manifest'
import { Ajv } from 'ajv'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileOnce } from '../../../tools/forge-checks/compile-once.mjs'
import { appFolder, copyOfApp, removeCopies } from './copy.js'

// The first test compiles the whole schema, which takes seconds.
const patience = 120_000
/** Forge's own list needs a log-in. */
const deprecatedRuntimes = ['nodejs18.x', 'nodejs20.x']

/** The errors and warnings of the validator for the app in a folder. */
async function complaintsOf(type: ValidationTypes, folder: string): Promise<string[]> {
  // The validator looks for some files of the manifest in the working directory.
  const before = process.cwd()
  process.chdir(folder)
  try {
    const processor = ProcessorBuilder.instance().withValidation(type).withOptions({ deprecatedRuntimes }).build()
    const { success, errors = [] } = await processor.process()
    const complaints = errors.map(({ level, line, message }) => `${level} in line ${line}: ${message}`)
    return success || complaints.length > 0 ? complaints : ['failed without an error']
  } finally {
    process.chdir(before)
  }
}

describe('the manifest', () => {
  let restoreCompile: () => void
  beforeAll(() => {
    restoreCompile = compileOnce(Ajv)
    for (const file of ['dist/index.cjs', '../ui/dist/index.html'])
      if (!existsSync(join(appFolder, file))) throw new Error('The Forge app is not built. Run "npm run build".')
  })
  afterAll(() => restoreCompile())
  afterAll(removeCopies)

  for (const type of Object.values(ValidationTypes))
    it(
      `has no error and no warning in the validation "${type}"`,
      async () => expect(await complaintsOf(type, appFolder)).toEqual([]),
      patience,
    )

  const broken: Readonly<Record<string, readonly [() => string, RegExp]>> = {
    'a duplicate key': [
      () => copyOfApp((text) => text.replace('key: long-work', 'key: hourly')),
      /duplicate module key 'hourly'/,
    ],
    'a time-out above the maximum': [
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
    'a deprecated runtime': [() => copyOfApp((text) => text.replace('nodejs22.x', 'nodejs20.x')), /nodejs20\.x/],
  }
  for (const [what, [breakIt, complaint]] of Object.entries(broken))
    it(
      `fails the validation with ${what}`,
      async () => expect((await complaintsOf(ValidationTypes.FULL, breakIt())).join('\n')).toMatch(complaint),
      patience,
    )
})
