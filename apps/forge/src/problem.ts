// Translates errors into a code and a sentence for the page. A missing code does not compile.

import { DirectoryError, Unfinished, UsageError, type DirectoryErrorCode, type Remedy } from '@rollcall/core'
import { StoreError } from '@rollcall/store'

export interface Problem {
  readonly code: string
  readonly message: string
  readonly remedy?: Remedy
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

/** Translates an error. Logs an unexpected one, and does not show its message on the page. */
export function problemOf(failure: unknown): Problem {
  if (failure instanceof UsageError)
    return {
      code: 'usage',
      message: failure.message,
      ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
    }
  if (failure instanceof DirectoryError) return { code: codes[failure.code], message: failure.message }
  if (failure instanceof StoreError) return { code: 'store', message: failure.message }
  if (failure instanceof Unfinished)
    return {
      code: 'unavailable',
      message: `Atlassian is throttling requests. Try again in ${Math.ceil(failure.waitMs / 1000)} seconds.`,
    }
  console.error(failure)
  return { code: 'unexpected', message: 'Something unexpected went wrong. The app log of this site has the details.' }
}
