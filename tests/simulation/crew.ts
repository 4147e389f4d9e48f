// Runs one worker for each CPU core, and divides the seeds between them.

import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { noBites, type Bites } from './faults.js'
import type { Outcome } from './seed.js'
import { noTally, type Tally } from './world-state.js'

export type Told = Omit<Outcome, 'trace'>

/** Plays `count` seeds with a bundle on one core, or fewer when `onSeed` returns 'enough'. */
export async function playIn(
  file: string,
  from: number,
  count: number,
  onSeed: (told: Told) => 'enough' | void,
): Promise<void> {
  const child = spawn(process.execPath, [file, String(from), String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve))
  let enough = false
  for await (const line of createInterface(child.stdout)) {
    enough = onSeed(JSON.parse(line) as Told) === 'enough'
    if (enough) break
  }
  if (enough) child.kill('SIGKILL')
  const code = await ended
  if (code !== 0 && !enough) throw new Error(`a worker ended with ${code}`)
}

export interface Sum {
  seeds: number
  readonly violations: { readonly seed: number; readonly what: string }[]
  readonly bites: Bites
  readonly tally: Tally
}

/** Plays the seeds on all cores and adds up the results. */
export async function playAll(file: string, from: number, count: number, onSeed?: (sum: Sum) => void): Promise<Sum> {
  const sum: Sum = {
    seeds: 0,
    violations: [],
    bites: noBites(),
    tally: noTally(),
  }
  const add = ({ seed, violations, bites, tally }: Told): void => {
    sum.seeds += 1
    for (const what of violations.slice(0, 1)) sum.violations.push({ seed, what })
    for (const name of Object.keys(bites) as (keyof Bites)[]) sum.bites[name] += bites[name]
    for (const name of Object.keys(tally) as (keyof Tally)[]) sum.tally[name] += tally[name]
    onSeed?.(sum)
  }
  const workers = availableParallelism()
  const share = Math.ceil(count / workers)
  await Promise.all(
    Array.from({ length: workers }, (_, n) => {
      const begin = from + n * share
      return playIn(file, begin, Math.max(0, Math.min(share, from + count - begin)), add)
    }),
  )
  return sum
}
