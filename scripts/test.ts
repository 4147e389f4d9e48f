// npm test: runs type check, lint and build in parallel, then every test. Prints its duration, and the count that CI reads.

import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../tests/browser/find-chromium.js'
import { measureMachineTime } from './machine-time.js'

const taken = measureMachineTime()
const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a script of package.json, prints its output in one piece, and returns whether it passed. */
function passes(script: string): Promise<boolean> {
  const begun = performance.now()
  return new Promise((resolve) => {
    execFile('npm', ['run', script, '--silent'], { cwd: root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const seconds = Math.round((performance.now() - begun) / 1000)
      console.log(`> npm run ${script}: ${error === null ? 'passed' : 'FAILED'} in ${seconds} s`)
      process.stdout.write(stdout)
      process.stderr.write(stderr)
      resolve(error === null)
    })
  })
}

const passed = await Promise.all(['typecheck', 'lint', 'build'].map(passes))
if (passed.includes(false)) process.exit(1)

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
console.log(`npm test took ${taken()}`)
console.log(`tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`)
process.exit(tests.status ?? 1)
