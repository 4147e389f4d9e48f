// Exit codes: what each means, and which one an error ends with. A missing error code does not compile.

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

/** What each exit code means, for the reference in docs/cli.md. Scripts rely on the numbers. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  0: 'Done',
  1: 'Unexpected error, or the audit log does not verify',
  2: 'Wrong usage or an invalid policy file; the message names file and line',
  3: 'Blocked by safety checks; nothing was changed',
  4: 'Atlassian refused the API key',
  5: 'The run ended with failed or unknown results',
  6: 'Atlassian is unavailable or responds differently from its documentation',
}

/** Translates an error into an exit code and a sentence; never a stack trace. */
export function explain(failure: unknown): {
  readonly exitCode: number
  readonly sentence: string
  readonly remedy?: Remedy | undefined
} {
  if (failure instanceof UsageError) return { exitCode: 2, sentence: failure.message, remedy: failure.remedy }
  if (failure instanceof DirectoryError) return { exitCode: exitCodes[failure.code], sentence: failure.message }
  if (failure instanceof StoreError) return { exitCode: 1, sentence: failure.message }
  // Its message quotes the text that was parsed, which may contain a key.
  if (failure instanceof SyntaxError)
    return { exitCode: 1, sentence: 'Unexpected error: a stored or received text is not valid JSON.' }
  return { exitCode: 1, sentence: `Unexpected error: ${failure instanceof Error ? failure.message : String(failure)}` }
}

/** Explains why a database file cannot be opened; a missing or forbidden folder is a usage error. */
export function databaseFailure(failure: unknown, file: string): Error {
  const known = asStoreError(failure)
  if (known instanceof StoreError) return known
  const { code } = failure as NodeJS.ErrnoException
  if (code !== undefined || failure instanceof TypeError)
    return new UsageError(
      `Cannot open the database ${file} (${code ?? 'its folder is missing'}). Set ROLLCALL_DATABASE to another file.`,
    )
  return failure instanceof Error ? failure : new Error(String(failure))
}
