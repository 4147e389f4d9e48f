// The functions in the manifest: the page calls the resolver, the hourly trigger the tick, and the queue the worker.

export { resolver } from './resolver.js'
export { tick } from './tick.js'
export { worker } from './worker.js'
