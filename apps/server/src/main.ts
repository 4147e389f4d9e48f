// The process of a command: passes its arguments, streams, environment and directory to the program.

import { runCommand } from './cli/program.js'

// Created files contain names and email addresses, so only their owner may read them.
process.umask(0o077)

// A reader such as "head" may close the pipe early; that is not an error.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => process.exit(failure.code === 'EPIPE' ? 0 : 1))

function untilEnded(): AbortSignal {
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
  return ended.signal
}

const { argv, stdout, stderr, env } = process
process.exitCode = await runCommand({
  words: argv.slice(2),
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
