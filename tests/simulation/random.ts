// Randomness that a seed decides: the same seed draws the same numbers, on every machine.

export interface Random {
  /** The next number in [0, 1). */
  next(): number
  /** A whole number from `least` up to and without `below`. */
  between(least: number, below: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Makes the source of a seed (sfc32, warmed up). */
export function randomOf(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0]
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let n = 0; n < 12; n += 1) next()
  const between = (least: number, below: number) => least + Math.floor(next() * (below - least))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[between(0, items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
  }
}
