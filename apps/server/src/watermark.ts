// The watermark in its own file, next to the database or elsewhere, so that restoring the database leaves it unchanged.

import { raisedMark, UsageError, type Mark, type Watermark } from '@rollcall/core'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { fileBounds, readBoundedFile } from './bounded-input.js'

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

/**
 * Gives a file that root writes the owner of the old file, or else of its folder. By its descriptor: behind its path,
 * somebody who may write to the folder could put a link to another file meanwhile.
 */
function keepOwner(file: string, opened: number): void {
  if (process.getuid?.() !== 0) return
  const old = lstatSync(file, { throwIfNoEntry: false })
  const { uid, gid } = old?.isFile() === true ? old : statSync(dirname(file))
  fchownSync(opened, uid, gid)
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants
/** A new file of its own: fails when there is anything at its path, also a link. */
const exclusively = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW

/** Replaces a file atomically: a reader sees the old text or the new one. */
function replace(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const copy = `${file}.${randomUUID()}`
  const opened = openSync(copy, exclusively, 0o600)
  try {
    try {
      keepOwner(file, opened)
      writeSync(opened, text)
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
    renameSync(copy, file)
  } catch (failure) {
    rmSync(copy, { force: true })
    throw failure
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
