// npm run build: the page, with Vite, and the handlers of the Forge app.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../apps/ui', import.meta.url))
const { status } = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
await import('./build-forge.mjs')
