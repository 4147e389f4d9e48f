// Reads the simulators' recordings, with the test file of each.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Exchange } from '@rollcall/simulator'

export interface Recorded {
  readonly exchange: Exchange
  /** The test file, relative to the repository. */
  readonly source: string
}

/** Reads all recordings of a run. */
export function readRecordings(folder: string): readonly Recorded[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => ({ exchange: JSON.parse(line) as Exchange, source: dirname(file) })),
    )
}
