// Reads a list of account ids from a file or standard input. Its errors never quote a line, which may be an email address.

import { parseAccountId, UsageError, type AccountId } from '@rollcall/core'
import { fileBounds, readBoundedFile, readBoundedStream } from './bounded-input.js'
import type { Session } from './cli/session.js'

const mostLines = 200_000
const shownLines = 5
const howTo = 'Give one account id per line; "rollcall accounts --csv" lists them'

/** Says what is wrong with some lines, with the numbers of the first ones. */
function problemOf(what: string, lines: readonly number[]): string {
  const shown = lines.slice(0, shownLines).join(', ')
  const more = lines.length > shownLines ? ` and ${(lines.length - shownLines).toLocaleString('en-US')} more` : ''
  return lines.length === 1
    ? `line ${shown} is not an account id${what}`
    : `lines ${shown}${more} are not account ids${what}`
}

function idsIn(text: string, name: string): AccountId[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.length > mostLines + 1)
    throw new UsageError(
      `${name} has more than ${mostLines.toLocaleString('en-US')} lines. ${howTo}, and split the list.`,
    )
  const [ids, addresses, others] = [[] as AccountId[], [] as number[], [] as number[]]
  for (const [index, line] of lines.entries()) {
    const id = parseAccountId(line.trim())
    if (id !== undefined) ids.push(id)
    else if (line.includes('@')) addresses.push(index + 1)
    else if (line.trim() !== '') others.push(index + 1)
  }
  const problems = [
    ...(addresses.length === 0 ? [] : [problemOf(' but email addresses', addresses)]),
    ...(others.length === 0 ? [] : [problemOf('', others)]),
  ]
  if (problems.length === 0) return ids
  throw new UsageError(`${name}: ${problems.join('; ')}. ${howTo}.`)
}

/** Reads one account id per line; `-` is standard input. */
export async function readAccountList(
  name: string,
  { file, stdin }: Pick<Session, 'file' | 'stdin'>,
): Promise<AccountId[]> {
  const read =
    name === '-'
      ? await readBoundedStream(stdin, fileBounds.accountList)
      : readBoundedFile(file(name), fileBounds.accountList)
  const called = name === '-' ? 'Standard input' : name
  if ('text' in read) return idsIn(read.text, called)
  throw new UsageError(
    `${called} ${read.problem}. Give a file with one account id per line, or "-" for standard input.`,
  )
}
