// Calls to the host, which stands in for the platform's network: one message each way. They look like fetch() to the app.

exports.connectCalls = (port) => {
  const waiting = new Map()
  let made = 0

  /** Takes the host's answer; one without a response is a broken connection. */
  function settle({ id, response }) {
    const call = waiting.get(id)
    waiting.delete(id)
    if (call === undefined) return
    if (response === undefined)
      return call.reject(new TypeError('fetch failed', { cause: new Error('other side closed') }))
    const { body, ...init } = response
    call.resolve(new Response(body ?? null, init))
  }

  /** The bytes or the text of a body, and the content type that fetch() gives it. */
  async function bodyOf(body, headers) {
    if (body === undefined || body === null) return undefined
    if (body instanceof Uint8Array) return body
    const read = new Response(body)
    const type = read.headers.get('content-type')
    if (type !== null && !headers.has('content-type')) headers.set('content-type', type)
    return typeof body === 'string' ? body : new Uint8Array(await read.arrayBuffer())
  }

  /** Sends a request for the running invocation with this token. */
  async function call(token, target, path, { method = 'GET', headers: given, body: content, signal } = {}) {
    signal?.throwIfAborted()
    const headers = new Headers(given)
    const body = await bodyOf(content, headers)
    const id = (made += 1)
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      signal?.addEventListener('abort', () => waiting.delete(id) && reject(signal.reason), { once: true })
      port.postMessage({ kind: 'call', id, token, target, path, method, headers: Object.fromEntries(headers), body })
    })
  }
  return { call, settle }
}
