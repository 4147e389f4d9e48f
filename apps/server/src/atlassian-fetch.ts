// The fetch towards Atlassian: through the proxy that the environment names, if it names one.

import type { Fetch } from '@rollcall/atlassian'
import { DirectoryError, UsageError } from '@rollcall/core'
import { valueOf, type Environment } from './environment-variables.js'

type Given = Parameters<Fetch>[1] & { readonly redirect: 'error' }
export type AtlassianFetch = (url: string, init: Given) => ReturnType<Fetch>

/** The value of a proxy variable, which may be in capitals or not; the other programs of a machine read both. */
const proxyValue = (environment: Environment, name: string): string | undefined =>
  valueOf(environment, name.toLowerCase()) ?? valueOf(environment, name)

/** The address of a proxy. Its user and password appear nowhere. */
function proxyOf(environment: Environment, name: string): URL | undefined {
  const text = proxyValue(environment, name)
  if (text === undefined) return undefined
  const address = URL.canParse(text) ? new URL(text) : undefined
  if (address !== undefined && /^https?:$/.test(address.protocol)) return address
  throw new UsageError(`${name} is not the address of an HTTP proxy. Give one such as http://proxy.example.com:3128.`)
}

const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

/** Where the failure of a request through a proxy lies: an error that says which proxy, without its credentials. */
function proxyFailure(failure: unknown, proxy: URL): unknown {
  const chain: { readonly code?: unknown; readonly message?: unknown }[] = []
  for (let one = failure; one instanceof Error && chain.length < 5; one = one.cause) chain.push(one)
  const refused = chain.map(({ message }) => /Proxy response \((\d{3})\)/.exec(String(message))?.[1]).find(Boolean)
  const code = chain.map((one) => String(one.code)).find((text) => neverConnected.test(text))
  if (refused === undefined && code === undefined) return failure
  const how = refused === undefined ? code : `it responded with ${refused}`
  // The request did not get further than the proxy.
  return new DirectoryError(
    'unavailable',
    `Rollcall cannot reach Atlassian through the proxy ${proxy.protocol}//${proxy.host} (${how}). Check HTTPS_PROXY and NO_PROXY, and that the proxy is running. Nothing was changed.`,
  )
}

/** True if NO_PROXY names the host of an address: by name, with all below a domain, or with a port. `*` means all. */
function needsNoProxy(address: URL, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = '', port = ''] = /^(?:\*?\.)?(.+?)(?::(\d+))?$/.exec(entry) ?? []
      const fits = address.hostname === name || address.hostname.endsWith(`.${name}`)
      return name === '*' || (fits && (port === '' || port === (address.port || '443')))
    })
}

async function connectThrough(proxy: URL) {
  const { fetch: proxied, ProxyAgent } = await import('undici')
  return { fetch: proxied, dispatcher: new ProxyAgent(proxy.href) }
}

/** Makes the fetch. Without a proxy in the environment it is Node's own. */
export function atlassianFetch(environment: Environment): AtlassianFetch {
  const proxy = proxyOf(environment, 'HTTPS_PROXY')
  if (proxy === undefined) return (url, init) => fetch(url, init)
  const noProxy = proxyValue(environment, 'NO_PROXY') ?? ''
  // Only a request through a proxy loads the library, which is as large as a third of the program.
  let connection: ReturnType<typeof connectThrough> | undefined
  return async (url, init) => {
    const address = new URL(url)
    // A simulator on this machine has an address without TLS.
    if (address.protocol !== 'https:' || needsNoProxy(address, noProxy)) return fetch(url, init)
    connection ??= connectThrough(proxy)
    const { fetch: proxied, dispatcher } = await connection
    return proxied(url, { ...init, dispatcher }).catch((failure: unknown) => {
      throw proxyFailure(failure, proxy)
    })
  }
}
