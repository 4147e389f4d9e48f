// The pages that code writes are committed, so that people read them without running anything.

import { readFile } from 'node:fs/promises'
import { readPolicy } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { documents } from '../scripts/docs/documents.js'
import { policiesPage } from '../scripts/docs/policies.js'
import { pathOf, render } from '../scripts/docs/render.js'

for (const document of documents)
  it(`${document.file} says what the code says; "npm run docs" writes it again`, async () => {
    expect(await readFile(pathOf(document), 'utf8')).toBe(await render(document))
  })

describe('an example in the policy reference makes a valid policy:', () => {
  const [whole = '', ...parts] = [...policiesPage().matchAll(/```yaml\n([^`]*)\n```/g)].map(([, lines = '']) => lines)
  it.each([whole, ...parts])('%s', (example) => {
    const read = readPolicy({ ...(parse(whole) as object), ...(parse(example) as object) })
    expect('problems' in read ? read.problems : []).toEqual([])
  })
})
