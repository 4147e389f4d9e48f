// Degradations: when Atlassian's data is worse than usual, and for how long.

import { hour, minute } from '@rollcall/core'
import { columns, nullable } from './degraded.js'
import type { Surroundings } from './surroundings.js'
import { calm, type Weather } from './weather.js'

const kinds = [
  'emptied',
  'emptied',
  'emptied',
  'nulled',
  'nulled',
  'clocksApart',
  'forbidden',
  'unheeded',
  'endless',
] as const

/** Begins a degradation; the returned function ends it. */
export function degrade(world: Surroundings, only?: readonly (typeof kinds)[number][]): () => void {
  const { fate, weather, scheduler } = world
  const { emptied, nulled, clocksApart, forbidden, unheeded, endless } = weather
  if (emptied + nulled + endless !== '' || clocksApart || forbidden || unheeded) return () => undefined
  const kind = fate.pick(only ?? kinds)
  const worse: Partial<Weather> =
    kind === 'emptied'
      ? { emptied: fate.pick(columns), emptiedFor: fate.pick(['everybody', 'some']) }
      : kind === 'nulled'
        ? { nulled: fate.pick(nullable) }
        : kind === 'endless'
          ? { endless: fate.pick(['repeated', 'empty']) }
          : { [kind]: true }
  Object.assign(weather, worse, { degradedAt: scheduler.now })
  world.note(`degraded ${JSON.stringify(worse)}`)
  return () =>
    void Object.assign(weather, Object.fromEntries(Object.keys(worse).map((name) => [name, calm()[name as 'emptied']])))
}

/** The degradations of a seed. */
export async function degradations(world: Surroundings, until: number): Promise<void> {
  const { fate, scheduler } = world
  for (let times = fate.pick([0, 0, 1, 2]); times > 0; times -= 1) {
    await scheduler.sleep(fate.between(0, Math.max(minute, (until - scheduler.now) / 2)))
    const end = degrade(world)
    await scheduler.sleep(fate.chance(0.5) ? fate.between(minute, 30 * minute) : fate.between(minute, 10 * hour))
    end()
  }
}
