// Degradations: when Atlassian's data is worse than usual, and for how long.

import { hour, minute } from '@rollcall/core'
import { columns, nullable } from './degraded.js'
import type { Surroundings } from './surroundings.js'
import { calm, type Weather } from './weather.js'

export const kinds = [
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

/** True while a degradation goes on: there is one at a time. */
export const isDegraded = ({ emptied, nulled, clocksApart, forbidden, unheeded, endless }: Weather): boolean =>
  emptied + nulled + endless !== '' || clocksApart || forbidden || unheeded

/** The kind of degradation on which a world focuses, or to which the column or the value of its focus belongs. */
function focusedKind({ focus }: Surroundings): (typeof kinds)[number] | undefined {
  if (columns.some((one) => one === focus)) return 'emptied'
  return nullable.some((one) => one === focus) ? 'nulled' : kinds.find((one) => one === focus)
}

/** Begins a degradation; the returned function ends it. */
export function degrade(world: Surroundings, only?: readonly (typeof kinds)[number][]): () => void {
  const { fate, weather, scheduler } = world
  if (isDegraded(weather)) return () => undefined
  const drawn = fate.pick(only ?? kinds)
  const kind = only === undefined ? (focusedKind(world) ?? drawn) : drawn
  const worse: Partial<Weather> =
    kind === 'emptied'
      ? { emptied: world.focused(fate.pick(columns), columns), emptiedFor: fate.pick(['everybody', 'some']) }
      : kind === 'nulled'
        ? { nulled: world.focused(fate.pick(nullable), nullable) }
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
  const times = fate.pick([0, 0, 1, 2])
  for (let left = focusedKind(world) === undefined ? times : 2; left > 0; left -= 1) {
    await scheduler.sleep(fate.between(0, Math.max(minute, (until - scheduler.now) / 2)))
    const end = degrade(world)
    await scheduler.sleep(fate.chance(0.5) ? fate.between(minute, 30 * minute) : fate.between(minute, 10 * hour))
    end()
  }
}
