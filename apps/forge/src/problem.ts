// What went wrong, as a code and a sentence that may be shown. A missing code does not compile.

import { DirectoryError, Unfinished, UsageError, type DirectoryErrorCode } from '@rollcall/core'
import { StoreError } from '@rollcall/store'

export interface Problem {
  readonly code: string
  readonly message: string
}

const codes: Readonly<Record<DirectoryErrorCode, string>> = {
  unauthorized: 'credentials',
  forbidden: 'credentials',
  'not-found': 'credentials',
  conflict: 'refused',
  'seat-limit': 'refused',
  'rate-limited': 'unavailable',
  unavailable: 'unavailable',
  'unexpected-response': 'unavailable',
}

/** Translates what was thrown; what nobody expected is told to the log, and not to the page. */
export function problemOf(failure: unknown): Problem {
  if (failure instanceof UsageError) return { code: 'usage', message: failure.message }
  if (failure instanceof DirectoryError) return { code: codes[failure.code], message: failure.message }
  if (failure instanceof StoreError) return { code: 'store', message: failure.message }
  if (failure instanceof Unfinished)
    return {
      code: 'unavailable',
      message: `Atlassian asks to wait ${Math.ceil(failure.waitMs / 1000)} seconds. Try again then.`,
    }
  console.error(failure)
  return { code: 'unexpected', message: 'Something unexpected went wrong. The app log of this site says what.' }
}
