// Sentences of core on the page: whoever reads them there has buttons, and no command line.
/// <reference types="node" />

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { said } from '../src/parts/said'

const folders = ['packages/core/src', 'packages/atlassian/src', 'packages/store/src']

/** Every command that a sentence of the product names, as it stands in the source. */
const named = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/"rollcall [^"]*"/g) ?? []),
)

it('every command that core names has a name on the page', () => {
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((command) => said(command) === command)).toEqual([])
})

it('a sentence keeps everything but its commands', () => {
  expect(said('The snapshot is 30 hours old. Run "rollcall sync", then make a new plan.')).toBe(
    'The snapshot is 30 hours old. Run "Take the roll again", then make a new plan.',
  )
  expect(said('The policy "rollcall" has 5 "things".')).toBe('The policy "rollcall" has 5 "things".')
})
