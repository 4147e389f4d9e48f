// Allows only requests from the server's own pages and from scripts on this machine, until there is sign-in.

import type { MiddlewareHandler } from 'hono'

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

const reads = ['GET', 'HEAD']

/** Refuses foreign hosts and origins, and changes that are not JSON, which no foreign form can send. */
export const guarded =
  (port: () => number): MiddlewareHandler =>
  async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    const [host = '', origin] = [context.req.header('host'), context.req.header('origin')]
    if (!hosts.includes(host) || (origin !== undefined && !hosts.some((one) => origin === `http://${one}`)))
      return context.json({ error: { code: 'foreign', message: `Open Rollcall at http://${hosts[0]}.` } }, 403)
    const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (!reads.includes(context.req.method) && type !== 'application/json')
      return context.json({ error: { code: 'not-json', message: 'Send changes as application/json.' } }, 415)
    await next()
    context.header('content-security-policy', contentSecurityPolicy)
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    context.header('cross-origin-resource-policy', 'same-origin')
    if (context.req.path.startsWith('/api/')) context.header('cache-control', 'no-store')
    return undefined
  }
