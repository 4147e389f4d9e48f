// The tables of a memory store, which can be copied because what they hold is frozen.

export interface Tables {
  /** The table of a name, empty at first. */
  table<Key, Value>(name: string): Map<Key, Value>
  copy(): Tables
}

/** Opens tables, with what others hold when they are given. */
export function openTables(held: ReadonlyMap<string, Map<unknown, unknown>> = new Map()): Tables {
  const tables = new Map(held)
  return {
    table<Key, Value>(name: string) {
      const found = tables.get(name) ?? new Map<unknown, unknown>()
      tables.set(name, found)
      return found as Map<Key, Value>
    },
    copy: () => openTables(new Map([...tables].map(([name, rows]) => [name, copyOf(rows)]))),
  }
}

const copyOf = (rows: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> =>
  new Map([...rows].map(([key, value]) => [key, value instanceof Map ? copyOf(value) : value]))
