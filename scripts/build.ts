// npm run build: builds the page with Vite, and the server and the handlers of the Forge app with esbuild.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (folder: string, command: string, ...args: readonly string[]) => {
  const { status } = spawnSync(command, args, { cwd: `${root}${folder}`, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
run('apps/ui', 'npx', 'vite', 'build', '--logLevel', 'warn')
run('.', process.execPath, '--import', 'tsx', 'scripts/build-server.ts')
run('.', process.execPath, '--import', 'tsx', 'scripts/build-forge.ts')
