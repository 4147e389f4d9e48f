// What commands print: one JSON document with --json, otherwise tables and sentences. Notes go to stderr.

import Table from 'cli-table3'
import { SingleBar } from 'cli-progress'
import type { Output } from './invocation.js'

export interface JsonFlag {
  readonly json?: true
}
type Cell = string | number | boolean | null | undefined

/** Removes control characters except line ends: in names and email addresses they could control the terminal. */
const clean = (text: string): string => text.replaceAll(/\p{Cc}/gu, (character) => (character === '\n' ? '\n' : ''))
const oneLine = (text: string): string => clean(text).replaceAll('\n', ' ')

const borders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map((side) => [
    side,
    '',
  ]),
)
const frameless = {
  ...borders,
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Lays rows out in columns. Shows null and undefined as "unknown". */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const layout = new Table({
    head: [...head],
    chars: frameless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  layout.push(...rows.map((row) => row.map((cell) => oneLine(String(cell ?? 'unknown')))))
  return layout
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A progress bar on a terminal; prints nothing elsewhere. */
function progressOn(stderr: Output, what: string) {
  if (stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: `${what} {bar} {value} of {total}`,
    stream: stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  let started = false
  return {
    update(value: number, total: number) {
      if (!started) bar.start(total, value)
      started = true
      bar.setTotal(total)
      bar.update(value)
    },
    stop: () => bar.stop(),
  }
}

/** Writes to the streams of one command. */
export interface Printer {
  /** Prints the value as JSON with --json, otherwise the text. */
  readonly show: (flags: JsonFlag, value: unknown, human: () => string) => void
  /** Prints text as it is. */
  readonly print: (text: string) => void
  /** Prints a note to stderr. */
  readonly note: (line: string) => void
  readonly progress: (what: string) => ReturnType<typeof progressOn>
}

/** Makes the printer of one command. */
export function createPrinter(stdout: Output, stderr: Output): Printer {
  const print = (text: string): void => void stdout.write(text)
  return {
    print,
    show: ({ json }, value, human) => print(`${json === true ? JSON.stringify(value, null, 2) : clean(human())}\n`),
    note: (line) => void stderr.write(`${clean(line)}\n`),
    progress: (what) => progressOn(stderr, what),
  }
}
