// npm run docs: writes the generated pages of docs/. `npm test` fails when one of them is out of date.

import { writeFile } from 'node:fs/promises'
import { documents } from './docs/documents.js'
import { pathOf, render } from './docs/render.js'

for (const document of documents) {
  await writeFile(pathOf(document), await render(document))
  console.log(`Wrote ${document.file}.`)
}
