// Per installation: the platform may serve several customers from one process, so whatever a module keeps, it keeps for each
// of them apart.

import { installation } from './share.js'

/** Makes something for the installation that is served when it is first needed, and hands that out to it alone. */
export function perInstallation<Kept>(make: () => Kept): () => Kept {
  const made = new Map<string, Kept>()
  return () => {
    const id = installation()
    const known = made.get(id) ?? make()
    made.set(id, known)
    return known
  }
}
