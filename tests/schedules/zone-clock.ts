// The local time of a zone, taken only from Intl: no date library, and no code of the product.

const second = 1000
const hour = 3600 * second
const bucket = 16 * 24 * hour
/** No zone has changed its clock twice within this time. */
const step = 12 * hour

/** A period in which a zone has one offset; instants and offsets in milliseconds, without the end. */
export interface Stretch {
  readonly start: number
  end: number
  readonly offset: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const two = '2-digit' as const
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  })
  formats.set(zone, made)
  return made
}

/** By how many milliseconds the clock of a zone is ahead of UTC. */
export function offsetAt(zone: string, at: number): number {
  const whole = Math.floor(at / second) * second
  const [month = 0, day = 0, year = 0, h = 0, m = 0, s = 0] = formatOf(zone).format(whole).split(/\D+/).map(Number)
  return Date.UTC(year, month - 1, day, h, m, s) - whole
}

function halve(zone: string, from: number, to: number): number {
  const offset = offsetAt(zone, to)
  let [low, high] = [from, to]
  while (high - low > second) {
    const middle = low + Math.floor((high - low) / 2 / second) * second
    if (offsetAt(zone, middle) === offset) high = middle
    else low = middle
  }
  return high
}

let cached = { zone: '', buckets: new Map<number, readonly Stretch[]>() }

function bucketOf(zone: string, index: number): readonly Stretch[] {
  if (cached.zone !== zone) cached = { zone, buckets: new Map() }
  const known = cached.buckets.get(index)
  if (known !== undefined) return known
  const [start, end] = [index * bucket, (index + 1) * bucket]
  const stretches: Stretch[] = [{ start, end, offset: offsetAt(zone, start) }]
  for (let at = start + step; at <= end; at += step) {
    const [offset, last] = [offsetAt(zone, at), stretches.at(-1)]
    if (last === undefined || offset === last.offset) continue
    last.end = halve(zone, at - step, at)
    if (last.end < end) stretches.push({ start: last.end, end, offset })
  }
  cached.buckets.set(index, stretches)
  return stretches
}

/** The periods of a zone that overlap a span of time, in order. */
export function stretchesOf(zone: string, from: number, to: number): readonly Stretch[] {
  const found: Stretch[] = []
  for (let index = Math.floor(from / bucket); index * bucket <= to; index += 1) found.push(...bucketOf(zone, index))
  return found.filter(({ start, end }) => end > from && start <= to)
}

/** The clock changes of a zone in a span of time, with the offsets before and after. */
export function turnsOf(zone: string, from: number, to: number) {
  const stretches = stretchesOf(zone, from, to)
  return stretches.slice(1).flatMap(({ start, offset }, index) => {
    const before = stretches[index]?.offset ?? offset
    return before === offset ? [] : [{ at: start, before, after: offset }]
  })
}

/** The meaning of a local time: each moment that shows it, or the gap in which it does not exist. */
export type Meaning =
  | { readonly kind: 'moments'; readonly moments: readonly number[] }
  /** `end` is the first moment after the gap, `shifted` the moment with the offset from before it. */
  | { readonly kind: 'gap'; readonly end: number; readonly shifted: number }

/** Finds the moments at which a zone's clock shows a local time, written as if it were UTC. */
export function meaningOf(zone: string, wall: number): Meaning {
  const near = stretchesOf(zone, wall - 40 * hour, wall + 40 * hour)
  const moments = near
    .filter(({ start, end, offset }) => wall - offset >= start && wall - offset < end)
    .map(({ offset }) => wall - offset)
  if (moments.length > 0) return { kind: 'moments', moments }
  for (const [index, { start, offset }] of near.entries()) {
    const before = near[index - 1]
    if (before !== undefined && start + before.offset <= wall && wall < start + offset)
      return { kind: 'gap', end: start, shifted: wall - before.offset }
  }
  throw new Error(`${zone} shows ${new Date(wall).toISOString()} neither at a moment nor in a gap`)
}
