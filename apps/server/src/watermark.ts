// The watermark in its own file, next to the database or elsewhere, so that restoring the database leaves it unchanged.

import { raisedMark, UsageError, type Mark, type Watermark } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import {
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

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

/** Gives a file that root writes the owner of the old file, or else of its folder. */
function keepOwner(file: string, copy: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(file, { throwIfNoEntry: false }) ?? statSync(dirname(file))
  chownSync(copy, uid, gid)
}

/** Replaces a file atomically: a reader sees the old text or the new one. */
function replace(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const copy = `${file}.${randomUUID()}`
  const opened = openSync(copy, 'w', 0o600)
  try {
    writeSync(opened, text)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  keepOwner(file, copy)
  renameSync(copy, file)
}

/** Makes the watermark of a file. Reading and raising are synchronous, so no other process writes in between. */
export function createWatermark(file: string): Watermark {
  const failed = (what: string, failure: unknown): UsageError => {
    const { code = 'unknown failure' } = failure as NodeJS.ErrnoException
    return new UsageError(
      `The watermark ${file} cannot be ${what} (${code}), so Rollcall changes nothing at Atlassian. Give the user that runs Rollcall access to it, or set ROLLCALL_WATERMARK_FILE to another file.`,
    )
  }
  function read(): Mark | undefined {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw failed('read', failure)
    }
    const mark = parse(text)
    if (mark !== undefined) return mark
    throw new UsageError(
      `The watermark ${file} is damaged, so Rollcall changes nothing at Atlassian. Restore the right file, or remove it and run "rollcall reconcile".`,
    )
  }
  function write(mark: Mark): void {
    try {
      replace(file, JSON.stringify(mark))
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
