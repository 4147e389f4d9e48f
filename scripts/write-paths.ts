// npm run write-paths: writes packages/api/src/paths.ts from the operations, for the page, which loads no schemas.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { operations } from '@rollcall/api'
import { formatted } from './format.js'

const file = fileURLToPath(new URL('../packages/api/src/paths.ts', import.meta.url))
const lines = Object.entries(operations).map(([name, operation]) => {
  const long = operation.long === true ? ', long: true' : ''
  return `${name}: { method: '${operation.method}', path: '${operation.path}'${long} },`
})
const text = `// Where each operation is under HTTP, for the page. Written by "npm run write-paths" from the operations: do not edit it.

export interface Path {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api; names in braces are params. */
  readonly path: string
  readonly long?: true
}

export const paths = {
${lines.join('\n')}
} as const satisfies Readonly<Record<string, Path>>
`
writeFileSync(file, await formatted(file, text))
