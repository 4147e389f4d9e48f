// The parts of Forge's command line that need no log-in: 270 MB outside the workspaces, installed when a test first needs
// them. If that fails, the report shows the tests as skipped; in CI they fail.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const folder = fileURLToPath(new URL('../../../tools/forge-checks', import.meta.url))
const patience = 600_000

const read = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as { version: string; dependencies: Readonly<Record<string, string>> }

/** Whether every package is installed in its pinned version; npm writes the list at the end. */
function isInstalled(): boolean {
  const modules = join(folder, 'node_modules')
  if (!existsSync(join(modules, '.package-lock.json'))) return false
  return Object.entries(read(join(folder, 'package.json')).dependencies).every(
    ([name, version]) => read(join(modules, name, 'package.json')).version === version,
  )
}

/** Installs the packages without their install scripts: one of them would build a key ring that no test needs. */
async function install(): Promise<boolean> {
  if (isInstalled()) return true
  process.stderr.write("Installing Forge's command line for the tests: 270 MB, about a minute …\n")
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
  try {
    await execute('npm', args, { cwd: folder, timeout: patience })
    return isInstalled()
  } catch (failure) {
    if (process.env['CI'] !== undefined) throw failure
    const [what, why] = String(failure).split('\n')
    process.stderr.write(`The installation failed, so the tests are skipped. ${what} ${why ?? ''}\n`)
    return false
  }
}

/** Whether Forge's command line is installed. */
export const installed = await install()

/** Runs one of its checks in a new process, and parses the JSON that it prints. */
export async function check<Output>(script: string, ...folders: readonly string[]): Promise<Output> {
  const { stdout } = await execute(process.execPath, [join(folder, script), ...folders], { timeout: patience })
  return JSON.parse(stdout) as Output
}
