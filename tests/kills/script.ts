// Scripts of lives: first every point that can be enumerated, then random ones from a seed. Each is written as one line.

import type { Kill, Life, Phase, Script, Size } from './life.js'
import { moments } from './proxy.js'
import { actions, type Action } from './template.js'

const whens = ['before', 'after'] as const
const bys = ['request', 'change', 'write', 'entry', 'time'] as const

const field = { request: 'requests', change: 'changes', write: 'writes', entry: 'entries', time: 'requests' } as const

/** mulberry32: the same seed gives the same numbers. */
function numbersFrom(seed: number) {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return { next, below, pick: <One>(list: readonly One[]): One => list[below(list.length)] as One }
}

/** `suspend-access run:change:2:effect undo:write:12:after+3 stops`, with milliseconds of delay after the plus. */
export const writeScript = ({ action, kills, stops, realWaits }: Script): string =>
  [
    action,
    ...kills.map(
      ({ phase, by, n, moment, delay }) => `${phase}:${by}:${n}:${moment}${delay === undefined ? '' : `+${delay}`}`,
    ),
    ...(stops === true ? ['stops'] : []),
    ...(realWaits === true ? ['real-waits'] : []),
  ].join(' ')

/** Reads a line that `writeScript` wrote. */
export function readScript(text: string): Script {
  const [action, ...words] = text.trim().split(/\s+/)
  const kills = words
    .filter((word) => word.includes(':'))
    .map((word): Kill => {
      const [phase, by, n, last = ''] = word.split(':')
      const [moment, delay] = last.split('+')
      const point = { phase, by, n: Number(n), moment } as Kill
      return delay === undefined ? point : { ...point, delay: Number(delay) }
    })
  return {
    action: action as Action,
    kills,
    stops: words.includes('stops'),
    realWaits: words.includes('real-waits'),
  }
}

type Sizes = Life['sizes']
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

/** Kills at every change, at every moment of it. */
const atChanges = (phase: Phase, { changes = 0 }: Partial<Size> = {}): Kill[] =>
  upTo(changes).flatMap((n) => moments.map((moment): Kill => ({ phase, by: 'change', n, moment })))
/** Kills after each audit entry, around each other write, and at each request; the moments alternate. */
const atTheRest = (phase: Phase, { writes = 0, entries = 0, requests = 0 }: Partial<Size> = {}): Kill[] => [
  ...upTo(entries).map((n): Kill => ({ phase, by: 'entry', n, moment: 'after' })),
  ...upTo(requests).map((n): Kill => ({ phase, by: 'request', n, moment: moments[n % moments.length] ?? 'before' })),
  ...upTo(writes).map((n): Kill => ({ phase, by: 'write', n, moment: whens[n % 2] ?? 'after' })),
]

/** Thins a list evenly to `wanted` items. */
const spread = <One>(list: readonly One[], wanted: number): readonly One[] =>
  list.length <= wanted ? list : upTo(wanted).map((n) => list[Math.floor(((n - 0.5) * list.length) / wanted)] as One)

/** Combines points of different phases into lives, one point of each phase per life. */
function together(action: Action, points: readonly Kill[], order: readonly Phase[]): Script[] {
  const byPhase = order.map((phase) => points.filter((point) => point.phase === phase))
  const lives = Math.max(0, ...byPhase.map((kills) => kills.length))
  return upTo(lives).map((n) => ({ action, kills: byPhase.flatMap((kills) => kills[n - 1] ?? []) }))
}

/**
 * The lives of all points that can be enumerated, by the sizes of lives without kills. They always kill at every moment
 * of every change. If the other points exceed the bound, they are thinned evenly.
 */
export function enumerated(sizes: Readonly<Record<Action | 'nightly', Sizes>>, bound: number): readonly Script[] {
  const suspend: Action = 'suspend-access'
  const certain: [Action, Kill[]][] = actions.map((action) => [
    action,
    [...atChanges('run', sizes[action]['run']), ...atChanges('undo', sizes[action]['undo'])],
  ])
  const scheduledChanges = atChanges('schedule', sizes.nightly['schedule'])
  const rest = (['start', 'sync', 'plan', 'run', 'undo'] as const).flatMap((phase) =>
    atTheRest(phase, sizes[suspend][phase]),
  )
  const scheduledRest = atTheRest('schedule', sizes.nightly['schedule'])
  const left = bound - scheduledChanges.length - certain.reduce((sum, [, kills]) => sum + kills.length, 0)
  const thinned = spread([...rest, ...scheduledRest], Math.max(30, left))
  const order = ['start', 'sync', 'plan', 'run', 'undo'] as const
  return [
    ...certain.flatMap(([action, kills]) => together(action, kills, order)),
    ...together(suspend, thinned, order),
    ...together(suspend, [...scheduledChanges, ...thinned.filter(({ phase }) => phase === 'schedule')], ['schedule']),
  ]
}

/** A random life from a seed: one to four kills, in any phase, at any point, some of them with a delay. */
export function random(seed: number, sizes: Readonly<Record<Action | 'nightly', Sizes>>): Script {
  const { below, pick, next } = numbersFrom(seed)
  const nightly = next() < 0.2
  const action = nightly ? 'suspend-access' : pick(actions)
  const possible: readonly Phase[] = nightly ? ['schedule', 'undo'] : ['sync', 'plan', 'run', 'run', 'undo']
  const kills = upTo(1 + below(4)).map((): Kill => {
    const phase = pick(possible)
    const size = sizes[nightly ? 'nightly' : action][phase]
    const by = pick(bys)
    const n = 1 + below(Math.max(1, size?.[field[by]] ?? 1))
    if (by === 'time') return { phase, by, n: 0, moment: 'before', delay: below(400) }
    const inside = by === 'write' || by === 'entry'
    const point = { phase, by, n, moment: inside ? pick(whens) : pick(moments) }
    return !inside && next() < 0.3 ? { ...point, delay: below(12) } : point
  })
  const rank = (one: Kill) => ['start', 'sync', 'plan', 'schedule', 'run', 'undo'].indexOf(one.phase)
  const ordered = kills.toSorted((a, b) => rank(a) - rank(b))
  if (nightly && ordered[0]?.phase !== 'schedule')
    ordered.unshift({ phase: 'schedule', by: 'change', n: 1, moment: 'effect' })
  return { action, kills: ordered, stops: !nightly && next() < 0.25 }
}
