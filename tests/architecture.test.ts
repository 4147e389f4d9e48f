// Who may import whom, as data. The test is the documentation.

import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { expect, it } from 'vitest'

const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': ['zod', 'croner', 'temporal-polyfill'],
  'packages/atlassian/src': ['@rollcall/core', 'zod'],
  'packages/api/src': ['@rollcall/core', 'csv-stringify', 'zod'],
  'packages/node/src': ['@rollcall/core', 'node:*'],
  'packages/store/src': ['@rollcall/core', 'kysely', 'zod'],
  'packages/simulator/src': ['node:*'],
  'tools/forge-host/src': ['node:*', '@forge/egress', 'mysql2', 'yaml'],
  'apps/ui/src': [
    '@rollcall/core',
    '@rollcall/api',
    '@forge/bridge',
    'react',
    'react-dom',
    '@atlaskit/*',
    '@tanstack/react-query',
    'yaml',
  ],
}
const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|\bprocess\./

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:*'
  const parts = specifier.split('/')
  if (specifier.startsWith('@atlaskit/')) return '@atlaskit/*'
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`)
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\s+|import\()'([^']+)'/g)].map((match) => match[1] ?? '')

for (const [folder, packages] of Object.entries(allowed))
  it(`${folder} imports only its own files and ${packages.join(', ')}`, () => {
    const foreign = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !specifier.startsWith('.') && !packages.includes(packageOf(specifier)))
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(foreign).toEqual([])
  })

it('the page loads the bridge to Jira in one file only', () => {
  const bridge = filesOf('apps/ui/src').filter((file) =>
    importsOf(file).some((specifier) => specifier.startsWith('@forge/')),
  )
  expect(bridge).toEqual(['apps/ui/src/host/bridge.ts'])
})

/** What the page carries of the operations, beside their types: where they are, and no schema. */
const carried = ['@rollcall/api/connecting-paths', '@rollcall/api/paths']

it(`of the operations the page carries only ${carried.join(' and ')}, which import nothing`, () => {
  const imports = /^(import|export)( type)? [^']*'([^']+)'/gm
  const values = filesOf('apps/ui/src').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(imports)].flatMap(([, , type, specifier = '']) =>
      type === undefined && specifier.startsWith('@rollcall/api') ? [specifier] : [],
    ),
  )
  expect([...new Set(values)].toSorted()).toEqual(carried)
  for (const specifier of carried)
    expect(importsOf(`packages/api/src/${specifier.slice('@rollcall/api/'.length)}.ts`)).toEqual([])
})

/** The platform's packages, each with the files that may know it. */
const adapters: Readonly<Record<string, readonly string[]>> = {
  '@forge/api': ['admin.ts', 'license.ts', 'share.ts'],
  '@forge/events': ['jobs.ts'],
  '@forge/kvs': ['values.ts'],
  '@forge/resolver': ['resolver.ts'],
  '@forge/sql': ['sql.ts'],
}
const mostLines = 80

it('each package of the platform is known to its adapters only', () => {
  const knowing = filesOf('apps/forge/src').flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('@forge/'))
      .map((specifier) => `${specifier} in ${file.slice('apps/forge/src/'.length)}`),
  )
  const known = Object.entries(adapters).flatMap(([name, files]) => files.map((file) => `${name} in ${file}`))
  expect(knowing.toSorted()).toEqual(known.toSorted())
})

it(`an adapter to the platform has no more than ${mostLines} lines: it translates, and decides nothing`, () => {
  const long = Object.values(adapters)
    .flat()
    .map((file) => ({ file, lines: readFileSync(`apps/forge/src/${file}`, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > mostLines)
  expect(long).toEqual([])
})

it('core knows no clock, no randomness and no process', () => {
  const files = filesOf('packages/core/src').filter((file) => !file.includes('/testing/'))
  expect(files.length).toBeGreaterThan(30)
  expect(files.filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([])
})
