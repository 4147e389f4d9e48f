// npm test: type check, lint and every test. Prints the count that CI reads.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../tests/browser/find-chromium.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (command: string, ...args: readonly string[]) => {
  console.log(`> ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run('npm', 'run', 'typecheck', '--silent')
run('npm', 'run', 'lint', '--silent')
run('npm', 'run', 'build', '--silent')

const chromium = await findChromium()
if (chromium === undefined) {
  console.error('No Chromium was found and none could be installed. Install one, or name it in ROLLCALL_CHROMIUM.')
  process.exit(1)
}
const report = join(root, 'node_modules', '.test-report.json')
const tests = spawnSync('npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`], {
  cwd: root,
  env: { ...process.env, ROLLCALL_CHROMIUM: chromium },
  stdio: 'inherit',
})
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(report, 'utf8'),
) as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>
console.log(`tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`)
process.exit(tests.status ?? 1)
