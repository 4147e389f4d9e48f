// The Signer port for tests: a digest with a key instead of Ed25519. The key is no secret.

import type { Signer } from '../ports.js'
import type { System } from '../model/system.js'

/** Makes a signer; another key signs differently. */
export const memorySigner = (system: Pick<System, 'digest'>, key = 'test-key'): Signer => ({
  publicKey: async () => key,
  sign: (text) => system.digest(`${key} ${text}`),
  verify: async (publicKey, text, signature) => (await system.digest(`${publicKey} ${text}`)) === signature,
})
