// The source lines that mutants quote and replace. Each must be in its file exactly once.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases } from '../kills/planted.js'
import { mutants } from './mutants.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sourcesOf: Readonly<Record<string, string>> = { core: 'packages', store: 'packages', server: 'apps' }

export interface Quote {
  /** The mutant that quotes it. */
  readonly of: string
  /** The folder to search when the file does not contain the text. */
  readonly folder: string
  readonly file: string
  readonly text: string
}

/** Every line that a mutant of the simulation or of the kills quotes. */
export const quotes: readonly Quote[] = [
  ...Object.entries(mutants).flatMap(([of, { file, find, also }]) =>
    [{ file, find }, ...(also === undefined ? [] : [also])].map((edit): Quote => {
      return { of, folder: 'packages/core/src', file: `packages/core/src/${edit.file}`, text: edit.find }
    }),
  ),
  ...cases.map(({ finds, file, text }): Quote => {
    const [source = ''] = file.split('/')
    const folder = `${sourcesOf[source] ?? ''}/${source}/src`
    return { of: `kill-test, ${finds}`, folder, file: `${sourcesOf[source] ?? ''}/${file}`, text }
  }),
]

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

/** Describes a wrong quote, and where its text is now; undefined when the text is in its file exactly once. */
export function staleness({ folder, file, text }: Quote): string | undefined {
  const source = textOf(file)
  const times = (source?.split(text).length ?? 1) - 1
  if (times === 1) return undefined
  if (times > 1) return `${file} contains it ${times} times; quote more of the line`
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => textOf(join(folder, name))?.includes(text))
  const missing = source === undefined ? `${file} does not exist` : `${file} does not contain it`
  return found.length === 0 ? missing : `${missing}; it is in ${found.join(', ')}`
}
