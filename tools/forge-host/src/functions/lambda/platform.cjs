// The two globals by which the real packages reach the platform: the invocation's runtime and the platform's fetch.

exports.installPlatform = (invocations, call) => {
  Object.defineProperty(globalThis, '__forge_runtime__', { get: () => invocations.getStore(), configurable: true })
  globalThis.__forge_fetch__ = async (target, path, init) => {
    const runtime = invocations.getStore()
    if (runtime === undefined) throw new Error(`The platform was called outside of an invocation: ${path}`)
    return call(runtime.proxy.token, target, path, init)
  }
}
