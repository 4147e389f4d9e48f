// What hosts on Node share: the machine's clock and digests, and the signatures of checkpoints.

export { createSigner, ed25519, type KeyVault } from './signer.js'
export { system } from './system.js'
