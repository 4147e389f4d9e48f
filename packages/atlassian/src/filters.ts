// Filters of searches: what Atlassian returns is compared with what was asked for, before anything relies on it.

import { DirectoryError } from '@rollcall/core'

/** The error where a filter was not heeded: an empty answer would be wrong as well. */
export const unheeded = (wanted: string): DirectoryError =>
  new DirectoryError(
    'unexpected-response',
    `Atlassian was asked for ${wanted} and returned others instead, so its answer cannot be relied on. Nothing was changed; try again later.`,
  )

const folded = (name: string): string => name.normalize('NFC').toLowerCase()

/** The groups of a name, of those that a search for it returned. Throws when the search returned only others. */
export function onlyNamed<Row extends { readonly name?: string | null | undefined }>(
  name: string,
  rows: readonly Row[],
): readonly Row[] {
  const fitting = rows.filter((row) => folded(row.name ?? '') === folded(name))
  if (fitting.length === 0 && rows.length > 0) throw unheeded(`groups named "${name}"`)
  return fitting
}
