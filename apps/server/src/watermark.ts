// The watermark in a file of its own, beside the database or elsewhere: a restored database does not take it back along.

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

/** The new file belongs to whom the old one, or else the folder, belonged to, also when root writes it. */
function keepOwner(file: string, beside: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(file, { throwIfNoEntry: false }) ?? statSync(dirname(file))
  chownSync(beside, uid, gid)
}

/** Replaces a file by another one that is on the disk already: a reader sees the old text or the new one. */
function replace(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const beside = `${file}.${randomUUID()}`
  const opened = openSync(beside, 'w', 0o600)
  try {
    writeSync(opened, text)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  keepOwner(file, beside)
  renameSync(beside, file)
}

/** Makes the watermark of a file. Reading and raising leave no time for another process in between. */
export function createWatermark(file: string): Watermark {
  const failed = (what: string, failure: unknown): UsageError => {
    const { code = 'unknown failure' } = failure as NodeJS.ErrnoException
    return new UsageError(
      `The watermark ${file} cannot be ${what} (${code}), so nothing is changed at Atlassian. Give the user that runs Rollcall the right to, or name another file in ROLLCALL_WATERMARK_FILE.`,
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
      `The watermark ${file} holds no place in an audit log, so nothing is changed at Atlassian. Bring the right file back, or remove it and run "rollcall reconcile".`,
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
