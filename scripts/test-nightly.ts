// npm run test:nightly [-- NAME…]: runs all long searches one after another, and prints the duration and result of each.
// Names select some of them: npm run test:nightly -- mutants node22. Exits with 1 when one of them fails.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Search {
  readonly name: string
  readonly command: string
  readonly env?: Readonly<Record<string, string>>
}

/** The parts that depend on the version of Node: database drivers, bundles and the command line. */
const dependsOnNode = 'packages/store packages/node apps/server tests/ports'

/** Drivers are compiled for one version of Node, so each version installs into its own clone. */
const onNode = (version: number): Search => {
  const steps = `npm ci --no-fund --no-audit && npm run build --silent && npx vitest run ${dependsOnNode}`
  const clone = `git clone --quiet "${root}" "$CLONE" && cd "$CLONE"`
  return { name: `node${version}`, command: `${clone} && npx -y -p node@${version} -c '${steps}'` }
}

const searches: readonly Search[] = [
  { name: 'simulate-faults', command: 'npm run simulate-faults -- --seeds 100000' },
  { name: 'mutants', command: 'npm run mutants -- --seeds 2000' },
  { name: 'kill-test', command: 'npm run kill-test -- --kills 200' },
  { name: 'kill-planted', command: 'npm run kill-test -- --planted' },
  { name: 'kills', command: 'npx vitest run tests/kills --project rollcall', env: { ROLLCALL_NIGHTLY: '1' } },
  { name: 'browser', command: 'npx vitest run tests/browser --project rollcall', env: { ROLLCALL_NIGHTLY: '1' } },
  { name: 'forge', command: 'npx vitest run tests/forge --project rollcall', env: { ROLLCALL_NIGHTLY: '1' } },
  { name: 'model', command: 'npm run model', env: { MODEL_RUNS: '5000' } },
  { name: 'check-schedules', command: 'npm run check-schedules -- --cases 1000000' },
  { name: 'audit-figures', command: 'npm run audit-figures' },
  { name: 'bench', command: 'npm run bench' },
  onNode(22),
  onNode(24),
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => searches.every((one) => one.name !== name))
if (unknown.length > 0) {
  console.error(`There is no search ${unknown.join(', ')}; there is ${searches.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

function passes({ command, env }: Search): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-nightly-'))
  try {
    const given = { ...process.env, ...env, CLONE: join(folder, 'clone') }
    return spawnSync('sh', ['-c', command], { cwd: root, env: given, stdio: 'inherit' }).status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const lines: string[] = []
let failed = 0
for (const search of searches) {
  if (wanted.length > 0 && !wanted.includes(search.name)) continue
  console.log(`> ${search.command}`)
  const begun = performance.now()
  const passed = passes(search)
  const seconds = Math.round((performance.now() - begun) / 1000)
  if (!passed) failed += 1
  lines.push(
    `${passed ? 'passed' : 'FAILED'}  ${String(seconds).padStart(6)} s  ${search.name.padEnd(16)} ${search.command}`,
  )
}
for (const line of lines) console.log(line)
console.log(`${lines.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
