// Errors at the edge: the exit code and the sentence. A missing code does not compile.

import { DirectoryError, UsageError, type DirectoryErrorCode, type Remedy } from '@rollcall/core'
import { asStoreError, StoreError } from '@rollcall/store'

const exitCodes: Readonly<Record<DirectoryErrorCode, number>> = {
  unauthorized: 4,
  forbidden: 4,
  'not-found': 4,
  conflict: 1,
  'seat-limit': 1,
  'rate-limited': 6,
  unavailable: 6,
  'unexpected-response': 6,
}

/** Translates what was thrown into an exit code and a sentence; never a stack trace. */
export function explain(failure: unknown): {
  readonly exitCode: number
  readonly sentence: string
  readonly remedy?: Remedy | undefined
} {
  if (failure instanceof UsageError) return { exitCode: 2, sentence: failure.message, remedy: failure.remedy }
  if (failure instanceof DirectoryError) return { exitCode: exitCodes[failure.code], sentence: failure.message }
  if (failure instanceof StoreError) return { exitCode: 1, sentence: failure.message }
  // Its message quotes the text that it was read from, and that may hold a key.
  if (failure instanceof SyntaxError) return { exitCode: 1, sentence: 'Unexpected: a text that should be JSON is not.' }
  return { exitCode: 1, sentence: `Unexpected: ${failure instanceof Error ? failure.message : String(failure)}` }
}

/** Names the file when a database cannot be opened; a folder that cannot be made is the user's to mend. */
export function databaseFailure(failure: unknown, file: string): Error {
  const known = asStoreError(failure)
  if (known instanceof StoreError) return known
  const { code } = failure as NodeJS.ErrnoException
  if (code !== undefined || failure instanceof TypeError)
    return new UsageError(
      `The database ${file} cannot be opened (${code ?? 'its folder is missing'}). Set ROLLCALL_DATABASE.`,
    )
  return failure instanceof Error ? failure : new Error(String(failure))
}
