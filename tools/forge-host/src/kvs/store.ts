// Keys and values of one installation, with their expiry.

export interface Entry {
  readonly key: string
  readonly value: unknown
  readonly createdAt: number
  readonly updatedAt: number
  readonly expireTime?: string
}

/** Makes an empty store. */
export function createKvsStore(now: () => number) {
  const entries = new Map<string, Entry>()
  const get = (key: string): Entry | undefined => {
    const entry = entries.get(key)
    if (entry?.expireTime === undefined || Date.parse(entry.expireTime) > now()) return entry
    entries.delete(key)
    return undefined
  }
  return {
    get,
    set(key: string, value: unknown, lifeMs?: number): Entry {
      const at = now()
      const expiry = lifeMs === undefined ? {} : { expireTime: new Date(at + lifeMs).toISOString() }
      const entry = { key, value, createdAt: get(key)?.createdAt ?? at, updatedAt: at, ...expiry }
      entries.set(key, entry)
      return entry
    },
    delete: (key: string): boolean => get(key) !== undefined && entries.delete(key),
    /** Keys in order. */
    keys: (): readonly string[] => [...entries.keys()].filter((key) => get(key) !== undefined).sort(),
    clear: () => entries.clear(),
  }
}
export type KvsStore = ReturnType<typeof createKvsStore>
