// The seeds that catch each mutant: `npm test` replays them, `npm run mutants -- --remember` finds them.

import { readFileSync, writeFileSync } from 'node:fs'
import { mutants } from './mutants.js'
import type { playSeed } from './seed.js'

const file = new URL('catching-seeds.json', import.meta.url)

export type CatchingSeeds = Readonly<Record<string, readonly number[]>>

export const readCatchingSeeds = (): CatchingSeeds => JSON.parse(readFileSync(file, 'utf8')) as CatchingSeeds

/** Writes the seeds in the order of the mutants; a mutant that no longer exists is dropped. */
export function writeCatchingSeeds(seeds: CatchingSeeds): void {
  const lines = Object.keys(mutants).flatMap((name) => {
    const caughtBy = seeds[name] ?? []
    return caughtBy.length === 0 ? [] : [`  ${JSON.stringify(name)}: [${caughtBy.join(', ')}]`]
  })
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
}

interface Player {
  readonly playSeed: typeof playSeed
}

/** Loads a bundle into this process. */
export const load = async (bundled: string): Promise<Player> => (await import(bundled)) as Player

export async function catches({ playSeed: play }: Player, seed: number): Promise<boolean> {
  return (await play(seed)).violations.length > 0
}
