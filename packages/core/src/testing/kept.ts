// Copies for memory ports: as JSON would return them, and deeply frozen, so that callers cannot change stored values.

/** Copies a value without its undefined members, and freezes the copy. Returns a frozen value as it is. */
export function kept<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  let copy: unknown
  if (Array.isArray(value)) copy = value.map((item: unknown) => kept(item ?? null))
  else {
    const members: Record<string, unknown> = {}
    for (const key of Object.keys(value)) {
      const member = (value as Readonly<Record<string, unknown>>)[key]
      if (member !== undefined) members[key] = kept(member)
    }
    copy = members
  }
  return Object.freeze(copy) as T
}
