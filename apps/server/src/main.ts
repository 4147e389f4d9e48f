// The process: runs one command, and turns what went wrong into a sentence and an exit code.

import { CommanderError } from 'commander'
import { note } from './cli/output.js'
import { createProgram } from './cli/program.js'
import { explain } from './exit-codes.js'

// Names and e-mails of everybody go into the files that are made: they are for their owner only.
process.umask(0o077)

// A reader such as "head" may close the pipe early: that is its right, and no error.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => process.exit(failure.code === 'EPIPE' ? 0 : 1))

try {
  await createProgram().parseAsync()
} catch (failure) {
  if (failure instanceof CommanderError) process.exitCode = failure.exitCode === 0 ? 0 : 2
  else {
    const { exitCode, sentence } = explain(failure)
    note(sentence)
    process.exitCode = exitCode
  }
}
