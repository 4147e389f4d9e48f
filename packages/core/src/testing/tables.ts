// The tables of a memory store. A copy can share the rows, since they are frozen.

export interface Tables {
  /** The table with a name; a new one is empty. */
  table<Key, Value>(name: string): Map<Key, Value>
  copy(): Tables
}

/** Makes tables, empty or with the rows of other tables. */
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
