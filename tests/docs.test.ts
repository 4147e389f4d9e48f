// The pages that code writes are committed, so that people read them without running anything.

import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { documents } from '../scripts/docs/documents.js'
import { pathOf, render } from '../scripts/docs/render.js'

for (const document of documents)
  it(`${document.file} says what the code says; "npm run docs" writes it again`, async () => {
    expect(await readFile(pathOf(document), 'utf8')).toBe(await render(document))
  })
