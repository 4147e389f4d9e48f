// The platform's command line, as far as it runs without a log-in: 270 MB apart from the workspaces, installed when a
// test first needs it. Where that is not possible its tests are visibly skipped; in CI it is a failure.

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

/** Says whether all is there in the versions that are pinned; npm writes the list at the end. */
function isInstalled(): boolean {
  const modules = join(folder, 'node_modules')
  if (!existsSync(join(modules, '.package-lock.json'))) return false
  return Object.entries(read(join(folder, 'package.json')).dependencies).every(
    ([name, version]) => read(join(modules, name, 'package.json')).version === version,
  )
}

/** Installs what is missing. No package runs a script of its own: one of them would build a key ring that nobody needs. */
async function install(): Promise<boolean> {
  if (isInstalled()) return true
  process.stderr.write("Installing the platform's command line for the tests: 270 MB, about a minute …\n")
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
  try {
    await execute('npm', args, { cwd: folder, timeout: patience })
    return isInstalled()
  } catch (failure) {
    if (process.env['CI'] !== undefined) throw failure
    const [what, why] = String(failure).split('\n')
    process.stderr.write(`It could not be installed, so its tests are skipped. ${what} ${why ?? ''}\n`)
    return false
  }
}

/** Whether the platform's command line is there. */
export const installed = await install()

/** Runs one of its checks in a process of its own, and reads the JSON that it prints. */
export async function check<Answer>(script: string, ...folders: readonly string[]): Promise<Answer> {
  const { stdout } = await execute(process.execPath, [join(folder, script), ...folders], { timeout: patience })
  return JSON.parse(stdout) as Answer
}
