// Errors at the edge: the exit code and the sentence. A missing code does not compile.

import { DirectoryError, UsageError, type DirectoryErrorCode } from '@rollcall/core'
import { StoreError } from '@rollcall/store'

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
export function explain(failure: unknown): { readonly exitCode: number; readonly sentence: string } {
  if (failure instanceof UsageError) return { exitCode: 2, sentence: failure.message }
  if (failure instanceof DirectoryError) return { exitCode: exitCodes[failure.code], sentence: failure.message }
  if (failure instanceof StoreError) return { exitCode: 1, sentence: failure.message }
  return { exitCode: 1, sentence: `Unexpected: ${failure instanceof Error ? failure.message : String(failure)}` }
}
