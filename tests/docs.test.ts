// The generated pages are committed, so that people can read them without running anything.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readPolicy } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { documents } from '../scripts/docs/documents.js'
import { policiesPage } from '../scripts/docs/policies.js'
import { pathOf, render } from '../scripts/docs/render.js'

for (const document of documents)
  it(`${document.file} is up to date with the code; "npm run docs" writes it again`, async () => {
    expect(await readFile(pathOf(document), 'utf8')).toBe(await render(document))
  })

describe('an example in the policy reference makes a valid policy:', () => {
  const [whole = '', ...parts] = [...policiesPage().matchAll(/```yaml\n([^`]*)\n```/g)].map(([, lines = '']) => lines)
  it.each([whole, ...parts])('%s', (example) => {
    const read = readPolicy({ ...(parse(whole) as object), ...(parse(example) as object) })
    expect('problems' in read ? read.problems : []).toEqual([])
  })
})

describe('every link of the documents leads to a file or a heading:', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
  /** The name that a heading gets in an address. */
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
  const anchorsIn = (page: string) =>
    [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))

  it.each(pages.filter((page) => page.endsWith('.md')))('%s', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)]
    const own = links.map(([, one, other]) => one ?? other ?? '').filter((link) => !/^[a-z]+:/.test(link))
    const broken = own.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(target)) return true
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).includes(anchor)
    })
    expect(broken).toEqual([])
  })
})
