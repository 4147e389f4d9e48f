// The route: the part of the address after #, so that the page works below any path and inside a frame of Jira.
import { useSyncExternalStore } from 'react'

export const screenNames = [
  'overview',
  'org-users',
  'product-users',
  'plans',
  'policies',
  'runs',
  'protected',
  'audit',
  'settings',
] as const
export type ScreenName = (typeof screenNames)[number]

export interface Route {
  readonly screen: ScreenName
  /** The plan, run or policy that the screen shows. */
  readonly id: string | undefined
  readonly query: Readonly<Record<string, string>>
}

/** The part of the route that a screen receives. */
export type ScreenProps = Omit<Route, 'screen'>

export type Query = Readonly<Record<string, string | undefined>>

/** Reads the part of an address after #. An unknown address leads to the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [name, id] = path.split('/')
  const screen = screenNames.find((one) => one === name) ?? 'overview'
  return { screen, id: decoded(id), query: Object.fromEntries(new URLSearchParams(search)) }
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined || part === '' ? undefined : decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** The address of a screen. */
export function hrefOf(screen: ScreenName, id?: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(key, value)
  const path = id === undefined ? screen : `${screen}/${encodeURIComponent(id)}`
  return `#/${path}${search.size > 0 ? `?${search.toString()}` : ''}`
}

export function go(screen: ScreenName, id?: string, query?: Query): void {
  window.location.hash = hrefOf(screen, id, query)
}

/** Like `go`, but without a new entry in the browser's history, for text that changes with each key. */
export function replace(screen: ScreenName, id?: string, query?: Query): void {
  window.location.replace(hrefOf(screen, id, query))
}

const listen = (onChange: () => void) => {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(listen, () => window.location.hash))
}
