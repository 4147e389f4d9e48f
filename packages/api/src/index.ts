// The operations that every host serves: over HTTP, inside Jira, and to the page through one client.

import { changing } from './changing.js'
import { configuring } from './configuring.js'
import type { Operation } from './operation.js'
import type { OperationName } from './paths.js'
import { reading } from './reading.js'
import { viewing } from './viewing.js'

export { type Answer, type Asked, type Caller, type Operation } from './operation.js'
export { readConnectionWanted, tryActKey, type ConnectionWanted, type KeptKeys } from './connecting.js'
export { connectingPaths, paths, type OperationName } from './paths.js'
export * from './tables.js'
export * as schemas from './schemas.js'
export * from './shapes.js'

/** Every operation by name; a host that looks for paths in order meets the longer ones of a page first. */
export const operations = { ...viewing, ...reading, ...configuring, ...changing } satisfies Readonly<
  Record<OperationName, Operation>
>
