// Shared by the hosts on Node: clock and digests, signatures of checkpoints, and the Directory without a connection.

export { createSigner, ed25519, type KeyVault } from './signer.js'
export { system } from './system.js'
export { unconnected } from './unconnected.js'
