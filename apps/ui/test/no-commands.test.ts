// Sentences of core contain no commands: the page shows buttons, and the command line adds commands by the remedy.
/// <reference types="node" />

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it.each(['packages/core/src', 'packages/api/src', 'packages/atlassian/src', 'packages/store/src'])(
  'no sentence in %s names a command',
  (folder) => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(3)
    const named = files.flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/"rollcall [^"]*"/g) ?? [])
    expect(named).toEqual([])
  },
)
