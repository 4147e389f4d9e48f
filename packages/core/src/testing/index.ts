// The exports of core for tests: builders, memory ports, and one contract per port.

export { checkpointAt } from '../audit/checkpoint.js'
export * from './builders.js'
export { auditLogContract, entriesOf } from './contracts/audit-log.js'
export { directoryContract } from './contracts/directory.js'
export { fails, hold, type Promised, same } from './contracts/promised.js'
export { storeContract } from './contracts/store.js'
export { Crash, type Death, mortal } from './crash.js'
export { kept } from './kept.js'
export { type ManualSystem, manualSystem, testNow } from './manual-system.js'
export { compareText } from './memory-accounts.js'
export { memoryAuditLog } from './memory-audit-log.js'
export * from './memory-directory.js'
export {
  accountOf,
  activityInAtlassian,
  holdsSeat,
  makeChange,
  type MemoryOrganization,
  type Person,
} from './memory-organization.js'
export { memorySigner } from './memory-signer.js'
export { memoryWatermark } from './memory-watermark.js'
export { memoryStore } from './memory-store.js'
export { type MemoryWorld, memoryWorld, type MemoryWorldOptions } from './memory-world.js'
export { sha256 } from './sha256.js'
