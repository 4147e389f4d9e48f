// The used seats of one product. A count that Atlassian does not give is unknown: it stops neither a sync nor an undo.

import { DirectoryError } from '../model/errors.js'
import type { WorkspaceAri } from '../model/ids.js'
import type { Ports } from '../ports.js'

/** Counts the used seats of a product; undefined where they cannot be read. A refused key is still an error. */
export async function countUsedSeats(
  workspace: WorkspaceAri,
  { directory }: Pick<Ports, 'directory'>,
): Promise<number | undefined> {
  try {
    return await directory.countSeats(workspace)
  } catch (failure) {
    if (failure instanceof DirectoryError && failure.code !== 'unauthorized') return undefined
    throw failure
  }
}
