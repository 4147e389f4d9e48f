// What hosts on Node share: the machine's clock and digests, the signatures of checkpoints, and what stands in for
// Atlassian until an organization is connected.

export { createSigner, ed25519, type KeyVault } from './signer.js'
export { system } from './system.js'
export { unconnected } from './unconnected.js'
