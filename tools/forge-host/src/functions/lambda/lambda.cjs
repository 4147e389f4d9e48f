// One lambda: a thread that loads the app's bundle under the platform's globals, then runs one invocation at a time.
// Plain CommonJS, since a worker thread loads it directly.

const { AsyncLocalStorage } = require('node:async_hooks')
const { getHeapStatistics } = require('node:v8')
const { parentPort, workerData } = require('node:worker_threads')
const { connectCalls } = require('./calls.cjs')
const { captureConsole } = require('./console.cjs')
const { installDate } = require('./date.cjs')
const { loadBundle } = require('./load.cjs')
const { guardNetwork } = require('./network.cjs')
const { installFetch } = require('./fetch.cjs')
const { installPlatform } = require('./platform.cjs')

const { bundle, compiled, egress, ahead } = workerData
const invocations = new AsyncLocalStorage()
const { call, settle: settleCall } = connectCalls(parentPort)
const counter = { incr() {}, incrBy() {}, decr() {}, decrBy() {}, set() {}, measure: () => ({ stop() {} }) }
const metrics = { counter: () => counter, timing: () => counter, gauge: () => counter }

// All of it before the bundle: the packages capture some of these when they are loaded.
captureConsole((line) => parentPort.postMessage({ kind: 'console', ...line }))
installDate(ahead)
guardNetwork()
installPlatform(invocations, call)
installFetch(invocations, egress, call)
const { app, wasCompiled, compile } = loadBundle(bundle, compiled)
let keepsCode = !wasCompiled

const errorOf = (thrown) =>
  thrown instanceof Error || (typeof thrown === 'object' && thrown !== null)
    ? { name: thrown.name, message: String(thrown.message), code: thrown.code, stack: thrown.stack }
    : { name: 'Error', message: String(thrown) }

async function run({ handler, args, runtime, timeoutMs }) {
  const deadline = performance.now() + timeoutMs
  const lambdaContext = {
    awsRequestId: runtime.appContext.invocationId,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  }
  const store = { ...runtime, metrics, lambdaContext, featureFlags: () => false }
  if (typeof app[handler] !== 'function') throw new Error(`The bundle has no function "${handler}"`)
  return JSON.stringify(await invocations.run(store, () => app[handler](...args)))
}

parentPort.on('message', (message) => {
  if (message.kind === 'answer') return settleCall(message)
  const settle = (outcome) => {
    const { used_heap_size: heap, external_memory: external } = getHeapStatistics()
    if (keepsCode) parentPort.postMessage({ kind: 'compiled', code: compile() })
    keepsCode = false
    parentPort.postMessage({ kind: 'done', heapBytes: heap + external, ...outcome })
  }
  run(message).then(
    (result) => settle({ result }),
    (thrown) => settle({ thrown: errorOf(thrown) }),
  )
})
parentPort.postMessage({ kind: 'ready' })
