// Seeded randomness: the same seed gives the same organization, byte for byte.

export interface Random {
  /** A number in [0, 1). */
  next(): number
  integer(below: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  hex(length: number): string
  uuid(): string
}

/** Makes a generator (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (below: number) => Math.floor(next() * below)
  const hex = (length: number) => {
    let text = ''
    while (text.length < length) text += integer(0x100000000).toString(16).padStart(8, '0')
    return text.slice(0, length)
  }
  return {
    next,
    integer,
    pick: (items) => items[integer(items.length)] ?? items[0],
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  }
}
