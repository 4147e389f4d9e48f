// Sentences of core on the page: whoever reads them there has buttons, and no command line.
/// <reference types="node" />

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withButtonNames } from '../src/parts/button-names'

const folders = ['packages/core/src', 'packages/atlassian/src', 'packages/store/src']

/** Every command that a sentence of the product names, as it stands in the source. */
const named = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/"rollcall [^"]*"/g) ?? []),
)

it('every command that core names has a name on the page', () => {
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((command) => withButtonNames(command) === command)).toEqual([])
})

it('a sentence keeps everything but its commands', () => {
  expect(withButtonNames('The snapshot is 30 hours old. Run "rollcall sync", then make a new plan.')).toBe(
    'The snapshot is 30 hours old. Run "Sync now", then make a new plan.',
  )
  expect(withButtonNames('The policy "rollcall" has 5 "things".')).toBe('The policy "rollcall" has 5 "things".')
})
