// What a memory port keeps: a copy as JSON would bring it back, frozen through and through, so that it can be handed out.

/** Copies a value without its undefined members; what was kept before is frozen, and not copied again. */
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
