// The watermark in a file of its own, beside the database or elsewhere: a restored database does not take it back along.

import { UsageError, type Mark, type Watermark } from '@rollcall/core'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

function parse(text: string): Mark | undefined {
  try {
    const { index, hash, end } = JSON.parse(text) as Record<string, unknown>
    if (!Number.isSafeInteger(index) || typeof hash !== 'string') return undefined
    return { index: index as number, hash, ...(Number.isSafeInteger(end) ? { end: end as number } : {}) }
  } catch {
    return undefined
  }
}

/** Replaces a file by another one that is on the disk already: a reader sees the old text or the new one. */
function replace(file: string, text: string): void {
  const beside = `${file}.${process.pid}`
  const opened = openSync(beside, 'w', 0o600)
  try {
    writeSync(opened, text)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  renameSync(beside, file)
}

/** Makes the watermark of a file. */
export function createWatermark(file: string): Watermark {
  const unusable = (what: string, failure?: unknown): UsageError => {
    const code = (failure as NodeJS.ErrnoException | undefined)?.code ?? 'not a watermark'
    return new UsageError(
      `The watermark ${file} cannot be ${what} (${code}), so nothing is changed at Atlassian. Give the user that runs Rollcall the right to, or set ROLLCALL_WATERMARK_FILE.`,
    )
  }
  return {
    async read() {
      try {
        const mark = parse(readFileSync(file, 'utf8'))
        if (mark !== undefined) return mark
      } catch (failure) {
        if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw unusable('read', failure)
      }
      throw unusable('read')
    },
    async write(mark) {
      try {
        replace(file, JSON.stringify(mark))
      } catch (failure) {
        throw unusable('written', failure)
      }
    },
  }
}
