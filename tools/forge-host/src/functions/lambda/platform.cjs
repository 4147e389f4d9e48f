// The two globals by which the real packages reach the platform: the invocation's runtime and the platform's fetch.

exports.installPlatform = (invocations, proxyUrl, realFetch) => {
  Object.defineProperty(globalThis, '__forge_runtime__', { get: () => invocations.getStore(), configurable: true })
  globalThis.__forge_fetch__ = async (target, path, init = {}) => {
    const runtime = invocations.getStore()
    if (runtime === undefined) throw new Error(`The platform was called outside of an invocation: ${path}`)
    const headers = new Headers(init.headers)
    headers.set('x-host-token', runtime.proxy.token)
    // The path holds braces and whatever the app put into it, so it travels beside the address.
    headers.set('x-host-target', encodeURIComponent(JSON.stringify({ ...target, path })))
    return realFetch(`${proxyUrl}/platform`, { ...init, headers })
  }
}
