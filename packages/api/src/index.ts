// The operations that every host serves: over HTTP, inside Jira, and to the page through one client.

import { changing } from './changing.js'
import { reading } from './reading.js'

export { type Answer, type Asked, type Caller, type Operation } from './operation.js'
export * as schemas from './schemas.js'
export * from './shapes.js'

/** Every operation by name. */
export const operations = { ...reading, ...changing }
export type OperationName = keyof typeof operations
