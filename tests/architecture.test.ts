// The allowed imports. The data is in tests/architecture; docs/architecture.md draws it.

import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { expect, it } from 'vitest'
import { circlesIn, lengthsOf, readImportGraph, roomOf } from './architecture/import-graph.js'
import { mayImport } from './architecture/may-import.js'
import { pure, rooms } from './architecture/rooms.js'

const graph = readImportGraph()
const files = [...graph.keys()]
const filesOf = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`))
const importsOf = (file: string) => graph.get(file)?.imports ?? []

/** The row that a file belongs to: the longest that its path begins with. */
const rowOf = (file: string) =>
  Object.keys(mayImport)
    .filter((row) => file === row || file.startsWith(`${row}/`))
    .toSorted((one, other) => other.length - one.length)[0]

const libraryOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:*'
  if (specifier.startsWith('@atlaskit/')) return '@atlaskit/*'
  if (specifier.startsWith('@rollcall/')) return specifier
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
const matches = (name: string) => (allowed: string) =>
  allowed === name || (allowed.endsWith('/*') && name.startsWith(allowed.slice(0, -1)))

/** What the files of a row import from outside, each named as in its row; what only a build writes has no row. */
const outsideOf = (row: string) =>
  files
    .filter((file) => rowOf(file) === row)
    .flatMap((file) =>
      importsOf(file).flatMap(({ specifier, file: target }) => {
        const name = specifier.startsWith('.') ? target && rowOf(target) : libraryOf(specifier)
        return name === undefined || name === row ? [] : [{ file, name }]
      }),
    )

it('every file belongs to a row', () => {
  expect(files.filter((file) => rowOf(file) === undefined)).toEqual([])
})

for (const [row, allowed] of Object.entries(mayImport)) {
  it(`${row} imports only its own files and ${allowed.join(', ')}`, () => {
    const foreign = outsideOf(row).filter(({ name }) => !allowed.some(matches(name)))
    expect(foreign.map(({ file, name }) => `${file} imports ${name}`)).toEqual([])
  })
}

for (const [folder, order] of Object.entries(rooms)) {
  it(`every room of ${folder} has its place in the order`, () => {
    expect(new Set(order)).toEqual(new Set(filesOf(folder).map((file) => roomOf(file, folder))))
  })

  it(`${folder} imports only upward: ${order.join(' < ')}`, () => {
    const rank = (file: string) => order.indexOf(roomOf(file, folder))
    const downward = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter(({ file: target }) => target?.startsWith(`${folder}/`) && rank(target) > rank(file))
        .map(({ file: target }) => `${file} → ${target}`),
    )
    expect(downward).toEqual([])
  })
}

it('model, conditions, actions and guard/guard.ts import no port', () => {
  const places = pure.map((place) => filesOf('packages/core/src').filter((file) => file.startsWith(place)))
  expect(places.every((found) => found.length > 0)).toBe(true)
  const knowing = places.flat().filter((file) => importsOf(file).some((one) => one.file?.endsWith('core/src/ports.ts')))
  expect(knowing).toEqual([])
})

it('no files import each other in a circle, in values or in types', () => {
  expect(circlesIn(graph)).toEqual([])
})

it('core has at most 16 entries', () => {
  expect(readdirSync('packages/core/src').length).toBeLessThanOrEqual(16)
})

it('no source file is longer than 300 lines, and half of them have at most 60', () => {
  const lengths = lengthsOf(graph)
  expect(lengths.length).toBeGreaterThan(500)
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(60)
})

it('core is compiled without the globals of any host: no process, no fetch, no timers', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
  expect(read('tsconfig.base.json').compilerOptions).toMatchObject({ lib: ['es2023'], types: [] })
  expect(read('packages/core/tsconfig.json')).toEqual({ extends: '../../tsconfig.base.json', include: ['src/**/*'] })
})

it('the page loads the bridge to Jira in one file only', () => {
  const bridge = filesOf('apps/ui/src').filter((file) =>
    importsOf(file).some(({ specifier }) => specifier.startsWith('@forge/')),
  )
  expect(bridge).toEqual(['apps/ui/src/host/bridge.ts'])
})

it('no element of the page spreads an object that is written in place', () => {
  const packed = filesOf('apps/ui/src').filter((file) => /\{\.\.\.(\{|\([^)]*\? *\{)/.test(readFileSync(file, 'utf8')))
  expect(packed).toEqual([])
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
  '@forge/api': ['admin.ts', 'license.ts', 'time-slice.ts'],
  '@forge/events': ['jobs.ts'],
  '@forge/kvs': ['values.ts'],
  '@forge/resolver': ['resolver.ts'],
  '@forge/sql': ['sql.ts'],
}
const mostLines = 80

it('each package of the platform is known to its adapters only', () => {
  const knowing = filesOf('apps/forge/src').flatMap((file) =>
    importsOf(file)
      .map(({ specifier }) => specifier)
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
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|\bprocess\./
  const core = filesOf('packages/core/src').filter((file) => !file.includes('/testing/'))
  expect(core.length).toBeGreaterThan(100)
  expect(core.filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([])
})
