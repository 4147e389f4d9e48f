// Figures: each value with its bound, and how a benchmark prints them.

/** A figure with its bound; a benchmark fails when a figure misses its bound. */
export interface Bound {
  readonly what: string
  readonly value: number
  readonly limit: number
  readonly met: boolean
}

const rounded = (value: number): number => Number(value.toPrecision(4))
export const atMost = (what: string, value: number, limit: number): Bound => ({
  what: `${what}, at most`,
  value: rounded(value),
  limit,
  met: value <= limit,
})
export const atLeast = (what: string, value: number, limit: number): Bound => ({
  what: `${what}, at least`,
  value: rounded(value),
  limit,
  met: value >= limit,
})

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle)
  return sorted.length % 2 === 0 ? (low + high) / 2 : low
}

/** Returns how many milliseconds the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Prints progress on stderr; stdout is for the figures. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)

/** Prints the figures of a benchmark, as the only document on stdout. */
export const report = (bounds: readonly Bound[], details: Readonly<Record<string, unknown>>): void =>
  void process.stdout.write(`${JSON.stringify({ bounds, details })}\n`)
