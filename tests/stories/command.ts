// The command line as an admin uses it: arguments, output and exit code. Most commands run in this process. Signals, pipes
// and file permissions need a real process; 25-the-process-of-a-command.test.ts tests them.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runCommand } from '@rollcall/server/cli'
import type { World } from './world.js'

export const bin = fileURLToPath(new URL('../../apps/server/bin/rollcall.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
}

/** The part of a world that a command needs. */
type Connected = Pick<World, 'settings'>

/** The environment that connects a command to a world. */
export function environmentOf({ settings }: Connected): Readonly<Record<string, string | undefined>> {
  const { database, atlassianUrl, organizationId, readKey } = settings
  return {
    ...process.env,
    ROLLCALL_DATABASE: database,
    ROLLCALL_ATLASSIAN_URL: atlassianUrl,
    ROLLCALL_ORG_ID: organizationId,
    ROLLCALL_API_KEY: readKey,
    ROLLCALL_MASTER_KEY_FILE: join(database, '..', 'master.key'),
  }
}

/** Starts a command; its output is piped. */
export function start(world: Connected, words: readonly string[], env: CommandOptions['env'] = {}): ChildProcess {
  const merged = { ...environmentOf(world), ...env }
  const known = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
  return spawn(process.execPath, [bin, ...words], { env: known, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Runs a command to its end in its own process. */
export async function byProcess(
  world: Connected,
  words: readonly string[],
  { env, input }: CommandOptions = {},
): Promise<Ended> {
  const child = start(world, words, env)
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin?.end(input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** Collects everything written to it. */
function collector() {
  const parts: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      parts.push(text)
      done()
    },
  })
  return { stream, text: () => parts.join('') }
}

/** Runs a command to its end in this process: the same program, with its own streams and environment. */
export async function command(
  world: Connected,
  words: readonly string[],
  { env, input }: CommandOptions = {},
): Promise<Ended> {
  const [stdout, stderr] = [collector(), collector()]
  const code = await runCommand({
    words,
    stdin: Readable.from([input ?? '']),
    stdout: stdout.stream,
    stderr: stderr.stream,
    environment: { ...environmentOf(world), ...env },
    folder: dirname(world.settings.database),
    untilEnded: () => new AbortController().signal,
  })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** Runs a command with --json and parses its output. */
export async function json<Shape = Record<string, unknown>>(
  world: Connected,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<Shape> {
  const { code, stdout, stderr } = await command(world, [...words, '--json'], options)
  if (code !== 0) throw new Error(`rollcall ${words.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as Shape
}
