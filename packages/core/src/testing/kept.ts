// What a memory port keeps: a copy as JSON would bring it back, frozen through and through, so that it can be handed out.

const known = new WeakSet<object>()

/** Copies a value without its undefined members; what was kept before is not copied again. */
export function kept<T>(value: T): T {
  if (typeof value !== 'object' || value === null || known.has(value)) return value
  let copy: unknown
  if (Array.isArray(value)) copy = value.map((item: unknown) => kept(item ?? null))
  else {
    const members: Record<string, unknown> = {}
    for (const [key, member] of Object.entries(value)) if (member !== undefined) members[key] = kept(member as unknown)
    copy = members
  }
  known.add(Object.freeze(copy as object))
  return copy as T
}
