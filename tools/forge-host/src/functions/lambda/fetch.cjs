// fetch() as the platform provides it: only to declared addresses, through the proxy, with each redirect checked again.

const { EgressFilteringService } = require('@forge/egress')

const redirects = [301, 302, 303, 307, 308]
const mostRedirects = 20

/** The shape of the error that the platform's own package throws. */
class ExternalEndpointNotAllowedError extends Error {
  constructor(url) {
    super(
      `URL not included in the external fetch backend permissions: ${url}. ` +
        'Visit go.atlassian.com/forge-egress for more information.',
    )
    this.name = 'REQUEST_EGRESS_ALLOWLIST_ERR'
    this.status = 403
    this.stack = undefined
  }
}

exports.installFetch = (invocations, egress, call) => {
  const filter = new EgressFilteringService(egress)
  async function send(request, url, method, body) {
    if (!filter.isValidUrl(url)) throw new ExternalEndpointNotAllowedError(url)
    const runtime = invocations.getStore()
    if (runtime === undefined) throw new Error(`fetch was called outside of an invocation: ${url}`)
    const { headers, signal } = request
    return call(runtime.proxy.token, { type: 'egress' }, url, { method, headers, body, signal })
  }
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    let [url, method] = [request.url, request.method]
    let body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const response = await send(request, url, method, body)
      const location = response.headers.get('location')
      if (request.redirect === 'manual' || location === null || !redirects.includes(response.status))
        return Object.defineProperty(response, 'url', { value: url })
      if (request.redirect === 'error') throw new TypeError('fetch failed: unexpected redirect')
      url = new URL(location, url).href
      if (response.status === 303 || (response.status < 303 && method === 'POST')) [method, body] = ['GET', undefined]
    }
    throw new TypeError('fetch failed: redirect count exceeded')
  }
}
