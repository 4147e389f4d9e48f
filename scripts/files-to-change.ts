// npm run files-to-change: adds a condition and an action to a copy of the repository, each with a file and a line, and
// lists the files in which the compiler then asks for more.

import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const core = 'packages/core/src'

interface Addition {
  readonly what: string
  readonly file: string
  readonly source: string
  readonly registry: string
  readonly line: string
}

const additions: readonly Addition[] = [
  {
    what: 'a condition',
    file: `${core}/conditions/name-matches.ts`,
    source: `import { z } from 'zod'
import { wildcard } from '../model/wildcard.js'
import { verdict, type Condition } from './condition.js'

declare module '../model/condition-values.js' {
  interface ConditionValues {
    'name-matches': string
  }
}

export const nameMatches: Condition<'name-matches'> = {
  meaning: 'Matches accounts whose name fits a pattern.',
  takes: 'A pattern.',
  example: '{ name-matches: "Test *" }',
  schema: z.string().min(1),
  test: (account, value) =>
    verdict(wildcard(value).test(account.name), \`name matches \${value}\`, { condition: 'name-matches', value }),
  describe: (value) => \`name matches \${value}\`,
  describeUnmet: (value) => \`name does not match \${value}\`,
}
`,
    registry: `${core}/conditions/registry.ts`,
    line: "export { nameMatches as 'name-matches' } from './name-matches.js'\n",
  },
  {
    what: 'an action',
    file: `${core}/actions/remove-user.ts`,
    source: `import { suspendAccess } from './suspend-access.js'
import type { Action } from './action.js'

declare module '../model/action-id.js' {
  interface ActionNeeds {
    'remove-user': 'nothing'
  }
}

export const removeUser: Action<'remove-user'> = { ...suspendAccess, example: 'actions: [remove-user]' }
`,
    registry: `${core}/actions/registry.ts`,
    line: "export { removeUser as 'remove-user' } from './remove-user.js'\n",
  },
]

/** Copies the sources, with the same libraries and with the copy's own workspaces. */
function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'rollcall-files-to-change-'))
  const left = new Set(['node_modules', '.git', 'dist', '.rollcall'])
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(basename(path)) && !path.endsWith('.tsbuildinfo') })
  mkdirSync(join(copy, 'node_modules/@rollcall'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => one !== '@rollcall'))
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  for (const folder of ['packages', 'apps'])
    for (const name of readdirSync(join(copy, folder)))
      symlinkSync(join(copy, folder, name), join(copy, 'node_modules/@rollcall', name))
  symlinkSync(join(copy, 'tools/forge-host'), join(copy, 'node_modules/@rollcall/forge-host'))
  return copy
}

/** The files in which the compiler reports something missing. */
function incompleteFiles(copy: string): readonly string[] {
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-b', '--pretty', 'false'], {
    cwd: copy,
    encoding: 'utf8',
  })
  return [...new Set([...stdout.matchAll(/^([^\s(]+)\(\d+,\d+\): error/gm)].map(([, file = '']) => file))].toSorted()
}

const copy = copyRepository()
try {
  for (const { what, file, source, registry, line } of additions) {
    writeFileSync(join(copy, file), source)
    appendFileSync(join(copy, registry), line)
    console.log(`${what}: ${file} and a line in ${registry}`)
    for (const incomplete of incompleteFiles(copy)) console.log(`  the compiler asks for more in ${incomplete}`)
    rmSync(join(copy, file))
    cpSync(join(root, registry), join(copy, registry))
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
