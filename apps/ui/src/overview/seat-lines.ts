// Seats over time as lines: one for each product and site, with a gap where the number was not known.
import type { SeatHistory } from '@rollcall/api'

export interface HistoryLine {
  readonly site: string
  readonly product: string
  readonly points: readonly { readonly at: string; readonly used: number | null }[]
}

export function linesOf(history: SeatHistory): readonly HistoryLine[] {
  const newest = history.at(-1)?.seats ?? []
  return newest.map(({ site, product }) => ({
    site,
    product,
    points: history.map(({ at, seats }) => ({
      at,
      used: seats.find((one) => one.site === site && one.product === product)?.used ?? null,
    })),
  }))
}

/** The line by time and number, from nothing at the bottom: a small change stays small. */
export function pathOf({ points }: HistoryLine, width: number, height: number): string {
  const times = points.map(({ at }) => Date.parse(at))
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const most = Math.max(1, ...points.map(({ used }) => used ?? 0))
  let pen = 'M'
  return points
    .flatMap(({ used }, index) => {
      if (used === null) {
        pen = 'M'
        return []
      }
      const x = to === from ? 0 : (((times[index] ?? from) - from) / (to - from)) * width
      const y = height - 2 - (used / most) * (height - 4)
      const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
      pen = 'L'
      return [step]
    })
    .join(' ')
}
