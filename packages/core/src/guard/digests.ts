// Digests of the protected list and the limits. A plan stores both, so that guard notices a later change.

import { canonicalJson } from '../model/canonical-json.js'
import type { Limits } from '../model/limits.js'
import type { Ports } from '../ports.js'
import type { ProtectionRule } from '../model/protection.js'

export const protectedDigest = (list: readonly ProtectionRule[], { system }: Ports): Promise<string> =>
  system.digest(canonicalJson([...list].toSorted((a, b) => (a.subject < b.subject ? -1 : 1))))

export const limitsDigest = (limits: Limits, { system }: Pick<Ports, 'system'>): Promise<string> =>
  system.digest(canonicalJson(limits))
