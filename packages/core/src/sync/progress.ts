// Progress of paging: a listing whose pages bring nothing new, whatever their cursors, would never end.

/** This many pages in a row may bring nothing new; a single empty page is legal. */
const pagesWithoutProgress = 3

/** Makes a check of the pages of one listing: true once too many pages in a row had only keys that came before. */
export function createProgress(): (keys: readonly string[]) => boolean {
  const known = new Set<string>()
  let fruitless = 0
  return (keys) => {
    const before = known.size
    for (const key of keys) known.add(key)
    fruitless = known.size > before ? 0 : fruitless + 1
    return fruitless >= pagesWithoutProgress
  }
}
