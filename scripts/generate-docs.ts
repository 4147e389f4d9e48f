// npm run docs: writes the pages of docs/ that come from code. `npm test` fails when one of them differs.

import { writeFile } from 'node:fs/promises'
import { documents } from './docs/documents.js'
import { pathOf, render } from './docs/render.js'

for (const document of documents) {
  await writeFile(pathOf(document), await render(document))
  console.log(`Wrote ${document.file}.`)
}
