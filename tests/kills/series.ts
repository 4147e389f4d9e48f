// A series of lives: it measures lives without kills, then plays several lives at a time, and counts kills by kind of point.

import { rmSync } from 'node:fs'
import { bundleRollcall, type Planted } from './bundle.js'
import { live, type Kill, type Life, type Script } from './life.js'
import { enumerated, random, readScript, writeScript } from './script.js'
import { actions, makeTemplate, type Action, type Template } from './template.js'

export interface Lived {
  readonly script: Script
  readonly life: Life
}
/** Kills of one kind of point. */
export interface Kind {
  kills: number
  recovered: number
}

const kindOf = ({ phase, by, moment, delay }: Kill): string =>
  by === 'time' ? `${phase}, at any time` : `${phase}, ${moment} ${by}${delay === undefined ? '' : ', with a delay'}`

/** Prepares the program and the database with which each life begins. */
export async function openSeries(planted?: Planted) {
  const { program, folder } = await bundleRollcall(planted)
  const template = await makeTemplate(program)
  return {
    program,
    template,
    live: (script: Script) => live(program, template, script),
    close() {
      for (const path of [folder, template.folder]) rmSync(path, { recursive: true, force: true })
    },
  }
}
type Series = Awaited<ReturnType<typeof openSeries>>

/** Plays lives without kills, to measure how many points there are. */
async function measure(series: Pick<Series, 'live'>) {
  const sizes: Partial<Record<Action | 'nightly', Life['sizes']>> = {}
  const never: Kill = { phase: 'schedule', by: 'request', n: 1e9, moment: 'before' }
  for (const action of actions) sizes[action] = sound(await series.live({ action, kills: [], syncs: true }))
  sizes.nightly = sound(await series.live({ action: 'suspend-access', kills: [never] }))
  return sizes as Record<Action | 'nightly', Life['sizes']>
}
function sound({ violations, sizes }: Life): Life['sizes'] {
  if (violations.length > 0) throw new Error(`A life without kills violates: ${violations.join('; ')}`)
  return sizes
}

/** Plays scripts, several at a time. */
async function liveAll(
  series: Pick<Series, 'live'>,
  scripts: Iterator<Script>,
  jobs: number,
  onEnd: (lived: Lived) => void,
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let next = scripts.next(); next.done !== true; next = scripts.next())
      onEnd({ script: next.value, life: await series.live(next.value) })
  }
  await Promise.all(Array.from({ length: jobs }, worker))
}

/** Plays lives with at least `kills` kills: first the enumerated points, then random ones by seed. */
export async function liveSeries(
  series: Pick<Series, 'live'>,
  { kills, seed, jobs }: { readonly kills: number; readonly seed: number; readonly jobs: number },
  onEnd: (lived: Lived, kills: number) => void,
) {
  const sizes = await measure(series)
  const kinds = new Map<string, Kind>()
  const failed: Lived[] = []
  const totals = { lives: 0, kills: 0, missed: 0, unknown: 0, violations: 0 }
  function* scripts(): Generator<Script> {
    yield* enumerated(sizes, Math.floor(kills * 0.75))
    for (let n = seed; totals.kills < kills; n += 1) yield random(n, sizes)
  }
  await liveAll(series, scripts(), jobs, (lived) => {
    const { struck, missed, unknown, violations } = lived.life
    for (const kill of struck) {
      const kind = kinds.get(kindOf(kill)) ?? { kills: 0, recovered: 0 }
      kind.kills += 1
      if (violations.length === 0) kind.recovered += 1
      kinds.set(kindOf(kill), kind)
    }
    totals.lives += 1
    totals.kills += struck.length
    totals.missed += missed
    totals.unknown += unknown
    totals.violations += violations.length
    if (violations.length > 0) failed.push(lived)
    onEnd(lived, totals.kills)
  })
  return { kinds, failed, totals }
}

export { readScript, writeScript, type Script, type Template }
