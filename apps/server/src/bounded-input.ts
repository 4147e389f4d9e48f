// Reads files and streams up to a bound. A device, a pipe or a folder is refused before anything is read from it.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'

const megabyte = 1024 * 1024

/** How many bytes Rollcall reads from a file of each kind. */
export const fileBounds = {
  policy: megabyte,
  accountList: 10 * megabyte,
  key: 64 * 1024,
  watermark: 64 * 1024,
  /** One line of a file that is read line by line, such as an exported audit log. */
  line: 16 * megabyte,
} as const

/** A text, or why there is none: words that follow the name of the file. `code` is the one of the system. */
export type BoundedText = { readonly text: string } | { readonly problem: string; readonly code?: string }

/** A bound in words: "1 MB", "64 kB". */
const formatBytes = (bytes: number): string => (bytes >= megabyte ? `${bytes / megabyte} MB` : `${bytes / 1024} kB`)

const tooLarge = (most: number) => ({ problem: `is larger than ${formatBytes(most)}`, code: 'EFBIG' })
const notRegular = { problem: 'is not a regular file', code: 'EINVAL' }

/** Opens a regular file. It looks first, since opening a device may do something, and again at what it opened. */
function openRegular(file: string): { readonly opened: number } | { readonly problem: string; readonly code: string } {
  try {
    if (!statSync(file).isFile()) return notRegular
    const opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
    if (fstatSync(opened).isFile()) return { opened }
    closeSync(opened)
    return notRegular
  } catch (failure) {
    return { problem: 'cannot be read', code: (failure as NodeJS.ErrnoException).code ?? 'unknown failure' }
  }
}

/** Reads from an open file; undefined when it holds more than the bound, whatever its size says. */
function readUpTo(opened: number, most: number): Buffer | undefined {
  const parts: Buffer[] = []
  for (let size = 0; size <= most;) {
    const part = Buffer.alloc(Math.min(64 * 1024, most + 1 - size))
    const read = readSync(opened, part)
    if (read === 0) return Buffer.concat(parts)
    parts.push(part.subarray(0, read))
    size += read
  }
  return undefined
}

/** Reads a regular file of at most so many bytes. */
export function readBoundedFile(file: string, most: number): BoundedText {
  const found = openRegular(file)
  if ('problem' in found) return found
  try {
    const bytes = readUpTo(found.opened, most)
    return bytes === undefined ? tooLarge(most) : { text: bytes.toString('utf8') }
  } catch (failure) {
    return { problem: 'cannot be read', code: (failure as NodeJS.ErrnoException).code ?? 'unknown failure' }
  } finally {
    closeSync(found.opened)
  }
}

/** Reads a stream, such as standard input, and stops at the bound. */
export async function readBoundedStream(stream: Readable, most: number): Promise<BoundedText> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    const bytes = Buffer.from(part as Buffer | string)
    size += bytes.length
    if (size > most) return tooLarge(most)
    parts.push(bytes)
  }
  return { text: Buffer.concat(parts).toString('utf8') }
}

/** Reads the lines of a regular file of any size, one after another. */
export function* readLines(file: string, fail: (problem: string) => Error): Generator<string> {
  const found = openRegular(file)
  if ('problem' in found) throw fail(found.problem)
  try {
    const part = Buffer.alloc(64 * 1024)
    let rest: readonly Buffer[] = []
    let size = 0
    for (;;) {
      const read = readSync(found.opened, part)
      const bytes = Buffer.from(part.subarray(0, read))
      let begin = 0
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, begin)) {
        yield Buffer.concat([...rest, bytes.subarray(begin, end)]).toString('utf8')
        ;[rest, size, begin] = [[], 0, end + 1]
      }
      if (read === 0) break
      rest = [...rest, bytes.subarray(begin)]
      size += bytes.length - begin
      if (size > fileBounds.line) throw fail(`has a line of more than ${formatBytes(fileBounds.line)}`)
    }
    if (size > 0) yield Buffer.concat(rest).toString('utf8')
  } finally {
    closeSync(found.opened)
  }
}
