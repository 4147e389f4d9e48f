// The Forge app: what the manifest names. The page asks the resolver, the hour brings a tick, and the queue the worker.

export { resolver } from './resolver.js'
export { tick } from './tick.js'
export { worker } from './worker.js'
