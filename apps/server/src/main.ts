// The process: runs one command with its own words, streams, environment and folder.

import { runCommand } from './cli/program.js'

// Names and e-mails of everybody go into the files that are made: they are for their owner only.
process.umask(0o077)

// A reader such as "head" may close the pipe early: that is its right, and no error.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => process.exit(failure.code === 'EPIPE' ? 0 : 1))

function untilEnded(): AbortSignal {
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
  return ended.signal
}

const { argv, stdout, stderr, env } = process
process.exitCode = await runCommand({
  words: argv.slice(2),
  // Only a command that reads it may open it.
  get stdin() {
    return process.stdin
  },
  stdout,
  stderr,
  environment: env,
  folder: '.',
  untilEnded,
})
