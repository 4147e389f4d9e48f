// The pages of docs/ that are generated from code, one line each.

import { commandLinePage } from './command-line.js'
import { policiesPage } from './policies.js'

export interface GeneratedDocument {
  /** Path from the root of the repository. */
  readonly file: string
  /** Writes the page as Markdown; oxfmt formats it afterwards. */
  readonly make: () => string | Promise<string>
}

export const documents: readonly GeneratedDocument[] = [
  { file: 'docs/cli.md', make: commandLinePage },
  { file: 'docs/policies.md', make: policiesPage },
]
