// Forwards a request of the app to its stand-in.

import { type PlatformResponse, proxyError } from './call.js'

const dropped = ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']
/** Forwards a request and returns the response, including redirects. */
export async function forward(
  url: string,
  {
    method,
    headers,
    body,
  }: { method: string; headers: Readonly<Record<string, string>>; body: Uint8Array | undefined },
  seconds: number,
): Promise<PlatformResponse> {
  const sent = method === 'GET' || method === 'HEAD' || body === undefined || body.length === 0 ? {} : { body }
  const signal = AbortSignal.timeout(seconds * 1000)
  try {
    const response = await fetch(url, { method, headers, redirect: 'manual', signal, ...sent } as RequestInit)
    const given = [...response.headers].filter(([name]) => !dropped.includes(name))
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: Object.fromEntries(given), body: bytes }
  } catch (thrown) {
    if (signal.aborted) return proxyError(504, 'UPSTREAM_TIMEOUT')
    throw thrown
  }
}
