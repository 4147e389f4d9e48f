// The process of a command: passes its arguments, streams, environment and directory to the program.

import { readVersion } from './version.js'

// Created files contain names and email addresses, so only their owner may read them.
process.umask(0o077)

// A reader such as "head" may close the pipe early; that is not an error.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => process.exit(failure.code === 'EPIPE' ? 0 : 1))

const signals = { SIGINT: 130, SIGTERM: 143 } as const
const names = Object.keys(signals) as readonly (keyof typeof signals)[]

const end = (signal: keyof typeof signals): never => process.exit(signals[signal])
// The first process of a container has no default handlers, so a signal would not end it. Whatever a command does can be
// interrupted anywhere.
if (process.pid === 1) for (const signal of names) process.once(signal, end)

const ended = new AbortController()
function untilEnded(): AbortSignal {
  for (const signal of names) process.removeListener(signal, end).once(signal, () => ended.abort())
  return ended.signal
}

const { argv, stdout, stderr, env } = process

/** Runs the command of these words. Printing the version needs none of the program, so it loads none. */
async function run(words: readonly string[]): Promise<number> {
  if (words.length === 1 && words[0] === '--version') {
    stdout.write(`${readVersion()}\n`)
    return 0
  }
  const { runCommand } = await import('./cli/program.js')
  return runCommand({
    words,
    // A getter, so that only a command that reads standard input opens it.
    get stdin() {
      return process.stdin
    },
    stdout,
    stderr,
    environment: env,
    folder: '.',
    untilEnded,
  })
}

const code = await run(argv.slice(2))
process.exitCode = code
// After the signal nothing may hold the process, such as a request to Atlassian that has no response yet.
if (ended.signal.aborted) stdout.write('', () => process.exit(code))
