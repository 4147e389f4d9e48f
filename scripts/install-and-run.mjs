// npm start and npm test: installs missing packages, then runs the given script. It is JavaScript, because nothing may be installed yet.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const script = process.argv[2]

if (!existsSync(`${root}node_modules/.package-lock.json`)) {
  console.log('Installing missing packages; the database driver may compile for a minute …')
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error('The installation failed.')
    process.exit(1)
  }
}
const { register } = await import('tsx/esm/api')
register()
await import(`./${script}.ts`)
