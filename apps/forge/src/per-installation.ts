// State per installation: the platform may serve several customers from one process, so modules keep their state apart.

import { installation } from './time-slice.js'

/** Makes a value for each installation on first use, and returns to an installation only its own. */
export function perInstallation<Kept>(make: () => Kept): () => Kept {
  const made = new Map<string, Kept>()
  return () => {
    const id = installation()
    const known = made.get(id) ?? make()
    made.set(id, known)
    return known
  }
}
