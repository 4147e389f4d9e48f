// Whether seeds catch a planted bug: a promise is broken with it, and none without it.

import { readFileSync, writeFileSync } from 'node:fs'
import type { playSeed } from './seed.js'

export interface Player {
  readonly playSeed: typeof playSeed
}

/** Loads a bundle into this process. */
export const load = async (bundled: string): Promise<Player> => (await import(bundled)) as Player

/** What a seed finds in a bundle, in a world with a focus; undefined when no promise is broken. */
export async function violationIn(
  { playSeed: play }: Player,
  seed: number,
  focus?: string,
): Promise<string | undefined> {
  return (await play(seed, focus)).violations[0]
}

const file = new URL('first-seeds.json', import.meta.url)

/** The first seed that caught each mutant when `npm run mutants` searched last. */
export const readFirstSeeds = (): Readonly<Record<string, number>> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>

export const writeFirstSeeds = (seeds: Readonly<Record<string, number>>): void =>
  writeFileSync(file, `${JSON.stringify(seeds, undefined, 2)}\n`)

/** The seeds from 1 to `most`. */
export const seedsUpTo = (most: number): readonly number[] => Array.from({ length: most }, (_, n) => n + 1)

export interface Catch {
  readonly seed: number
  readonly what: string
}

/** The first of some seeds that catches a bug, in worlds that focus on what it breaks. */
export async function firstCatch(
  planted: Player,
  sound: Player,
  focus: string,
  seeds: Iterable<number>,
): Promise<Catch | undefined> {
  for (const seed of seeds) {
    const what = await violationIn(planted, seed, focus)
    if (what !== undefined && (await violationIn(sound, seed, focus)) === undefined) return { seed, what }
  }
  return undefined
}
