// The watermark in its own file, next to the database or elsewhere, so that restoring the database leaves it unchanged.

import { raisedMark, UsageError, type Mark, type Watermark } from '@rollcall/core'
import { z } from 'zod'
import { fileBounds, readBoundedFile } from './bounded-input.js'
import { replaceFile } from './replace-file.js'

const shape = z.object({
  index: z.int().min(0),
  hash: z.string(),
  found: z.object({ at: z.number(), end: z.int() }).optional(),
  reconciled: z.object({ at: z.number(), lost: z.int().nullable() }).optional(),
})

function parse(text: string): Mark | undefined {
  try {
    const parsed = shape.safeParse(JSON.parse(text))
    return parsed.success ? (parsed.data as Mark) : undefined
  } catch {
    return undefined
  }
}

/** Makes the watermark of a file. Reading and raising are synchronous, so no other process writes in between. */
export function createWatermark(file: string): Watermark {
  const failed = (what: string, failure: unknown): UsageError => {
    const { code = 'unknown failure' } = failure as { readonly code?: string }
    return new UsageError(
      `The watermark ${file} cannot be ${what} (${code}), so Rollcall changes nothing at Atlassian. Give the user that runs Rollcall access to it, or set ROLLCALL_WATERMARK_FILE to another file.`,
    )
  }
  function read(): Mark | undefined {
    const found = readBoundedFile(file, fileBounds.watermark)
    if ('problem' in found) {
      if (found.code === 'ENOENT') return undefined
      throw failed('read', found)
    }
    const mark = parse(found.text)
    if (mark !== undefined) return mark
    throw new UsageError(
      `The watermark ${file} is damaged, so Rollcall changes nothing at Atlassian. Restore the right file, or remove it and run "rollcall reconcile".`,
    )
  }
  function write(mark: Mark): void {
    try {
      replaceFile(file, JSON.stringify(mark))
    } catch (failure) {
      throw failed('written', failure)
    }
  }
  return {
    read: async () => read(),
    async raise(to) {
      const mark = read()
      if (mark === undefined || mark.index < to.index) write(raisedMark(mark, to))
    },
    replace: async (mark) => write(mark),
  }
}
