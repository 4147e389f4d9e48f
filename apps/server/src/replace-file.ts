// Replaces a small file atomically, as the owner of the file that it replaces.

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
export function replaceFile(file: string, text: string): void {
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
