import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { cases } from './planted.js'

const folders: Readonly<Record<string, string>> = { core: 'packages', store: 'packages', server: 'apps' }

it.each(cases.map((one) => [one.finds, one.file, one.text] as const))(
  'the bug that breaks %s in %s can still be planted: kill-test --planted judges the judge',
  async (_finds, file, text) => {
    const folder = folders[file.split('/')[0] ?? ''] ?? ''
    const source = await readFile(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8')
    expect(source.split(text)).toHaveLength(2)
  },
)
