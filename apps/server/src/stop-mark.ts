// The stop mark: a file beside the database. It stops every run while another process keeps the database locked.

import { UsageError, type StopMark } from '@rollcall/core'
import { readFileSync, rmSync } from 'node:fs'
import { replaceFile } from './replace-file.js'

/** How long a stop waits for its entry in the log, in milliseconds. */
const longestWait = 1500

const codeOf = (failure: unknown): string => (failure as { readonly code?: string }).code ?? 'unknown failure'

/** Makes the stop mark of a file. Every read looks at the file, so that all processes see it at once. */
export function createStopMark(file: string): StopMark {
  function read(): string | undefined {
    try {
      return readFileSync(file, 'utf8')
    } catch (failure) {
      return codeOf(failure) === 'ENOENT' ? undefined : `unreadable (${codeOf(failure)})`
    }
  }
  return {
    read: async () => read(),
    raise: async (value) => replaceFile(file, value),
    entryWait: () => new Promise((resolve) => void setTimeout(resolve, longestWait).unref()),
    async lower(seen) {
      if (read() !== seen) return
      try {
        rmSync(file, { force: true })
      } catch (failure) {
        throw new UsageError(
          `Rollcall cannot remove the file ${file} (${codeOf(failure)}), so everything stays stopped. Give the user that runs Rollcall access to it, or remove it.`,
        )
      }
    },
  }
}
