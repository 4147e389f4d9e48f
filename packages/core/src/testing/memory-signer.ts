// The Signer port for tests: a keyed digest stands in for Ed25519, with one key for all that holds no secret.

import type { Signer } from '../ports.js'
import type { System } from '../model/system.js'

/** Makes a signer; another key signs differently. */
export const memorySigner = (system: Pick<System, 'digest'>, key = 'test-key'): Signer => ({
  publicKey: async () => key,
  sign: (text) => system.digest(`${key} ${text}`),
  verify: async (publicKey, text, signature) => (await system.digest(`${publicKey} ${text}`)) === signature,
})
