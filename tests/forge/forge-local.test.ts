// `npm run forge:local` runs the app inside Jira on this machine. It starts everything it needs, and removes it at its end.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { withoutForge } from './host.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

it.skipIf(withoutForge)(
  'npm run forge:local -- --once does the main job, prints its cost, and leaves nothing behind',
  async () => {
    const command = spawn(process.execPath, ['--import', 'tsx', 'scripts/forge-local.ts', '--once'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [command.stdout, command.stderr]) stream.on('data', (part) => (output += String(part)))
    const [status] = (await once(command, 'close')) as [number]
    expect({ status, output }).toMatchObject({ status: 0 })
    expect(output).toMatch(/Synced 2500 accounts .* complete: true/)
    expect(output).toMatch(/Run finished: 25 applied, 0 skipped, 0 failed, 0 unknown/)
    expect(output).toMatch(/total +\d+ invocations, [\d.]+ GB-seconds\nSQL +\d+ requests, [\d.]+ seconds/)
    expect(existsSync(join(tmpdir(), `rollcall-mariadb-${command.pid}`))).toBe(false)
  },
  240_000,
)
