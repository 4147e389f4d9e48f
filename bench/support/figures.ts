// Figures: a ratio against its bound, and how a benchmark hands them on.

/** A figure with its bound; a benchmark fails when one is missed. */
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

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Says on stderr what goes on; stdout belongs to the figures. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)

/** Hands the figures of a benchmark on: the one document on its stdout. */
export const report = (bounds: readonly Bound[], details: Readonly<Record<string, unknown>>): void =>
  void process.stdout.write(`${JSON.stringify({ bounds, details })}\n`)
