// RFC 8785: one text for one value, so that fingerprints and hashes can be recomputed anywhere.

/** Most objects have their keys in order already. */
function sortedKeys(members: object): readonly string[] {
  const keys = Object.keys(members)
  for (let n = 1; n < keys.length; n += 1) if ((keys[n - 1] ?? '') > (keys[n] ?? '')) return keys.sort()
  return keys
}

/** Writes a value as canonical JSON: keys sorted by UTF-16 code units, undefined members left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  const members = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of sortedKeys(members)) {
    const member = members[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
