// npm run typecheck: every part by its own tsconfig, so that none sees what it may not import.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = [
  'packages/core',
  'packages/api',
  'packages/node',
  'packages/store',
  'packages/simulator',
  'packages/atlassian',
]
for (const part of [
  ...packages,
  'apps/server',
  'apps/forge',
  'apps/ui',
  'tools/forge-host',
  'tests',
  'bench',
  'scripts',
]) {
  console.log(`> tsc -p ${part}`)
  const { status } = spawnSync('npx', ['tsc', '-p', part], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
