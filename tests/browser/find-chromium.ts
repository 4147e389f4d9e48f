// Finds a Chromium for the browser tests, or installs one: Debian's for root on Debian, Playwright's elsewhere. The headless
// shell comes first, because it takes a fifth less CPU.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const succeeds = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
const found = () => [process.env.ROLLCALL_CHROMIUM, ...places].find((path) => path !== undefined && existsSync(path))

/** The path of a Chromium; undefined when none is there and none can be installed. */
export async function findChromium(): Promise<string | undefined> {
  const there = found()
  if (there !== undefined) return there
  console.log('Installing Chromium for the browser tests …')
  const asRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (asRoot && succeeds('apt-get', 'update', '-q') && succeeds('apt-get', 'install', '-yq', 'chromium-headless-shell'))
    return found()
  const require = createRequire(import.meta.url)
  if (!succeeds(process.execPath, require.resolve('playwright-core/cli.js'), 'install', 'chromium')) return undefined
  const { chromium } = await import('playwright-core')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}
