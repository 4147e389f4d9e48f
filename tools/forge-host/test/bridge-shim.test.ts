// The shim without a browser: what it sends, and what it keeps because it cannot be sent.

import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'
import { closeAfterEach, startProbe } from './probe.js'

closeAfterEach()
const shim = readFileSync(new URL('../src/page/bridge-shim.js', import.meta.url), 'utf8')
type CallBridge = (command: string, payload?: unknown) => Promise<unknown>

/** The part of a window that the shim uses. */
function load(answer: typeof fetch) {
  const listeners = new Map<string, () => void>()
  const location = { hash: '', href: 'http://page/app/', assign: vi.fn(), reload: vi.fn() }
  const go = (_: unknown, __: unknown, to: string) => {
    location.hash = to
  }
  const history = { pushState: go, replaceState: go, back: vi.fn(), forward: vi.fn(), go: vi.fn() }
  const document = { documentElement: { dataset: {} as Record<string, string> }, title: '' }
  const window = {
    fetch: answer,
    location,
    history,
    document,
    open: vi.fn(),
    setTimeout,
    URL,
    matchMedia: () => ({ matches: true }),
    addEventListener: (event: string, callback: () => void) => listeners.set(event, callback),
  }
  runInNewContext(shim, window)
  const { callBridge } = (window as unknown as { __bridge: { callBridge: CallBridge } }).__bridge
  return { callBridge, window, popState: () => listeners.get('popstate')?.() }
}
const noFetch = () => Promise.reject(new Error('The shim must not send anything here'))

it('sends invocations to the host and returns their values', async () => {
  const { host } = await startProbe({ accountId: 'ada' })
  const { callBridge } = load((path, init) => fetch(new URL(String(path), host.url), init))
  expect(await callBridge('invoke', { functionKey: 'echo', payload: { n: 1 } })).toMatchObject({
    value: { payload: { n: 1 }, context: { accountId: 'ada' } },
  })
  await expect(callBridge('invoke', { functionKey: 'throw', payload: { message: 'no' } })).rejects.toThrow(
    'There was an error invoking the function - no',
  )
  await expect(callBridge('openRovo', {})).rejects.toThrow('no bridge command openRovo')
})

it('keeps listeners, which are functions, and calls them until they unsubscribe', async () => {
  const { callBridge } = load(noFetch)
  const callback = vi.fn()
  const subscription = (await callBridge('on', { event: 'saved', callback })) as { unsubscribe(): void }
  await callBridge('emit', { event: 'saved', payload: 1 })
  subscription.unsubscribe()
  await callBridge('emit', { event: 'saved', payload: 2 })
  expect(callback.mock.calls).toEqual([[1]])
})

it('keeps a history, and reports each change', async () => {
  const { callBridge, window, popState } = load(noFetch)
  const history = (await callBridge('createHistory')) as {
    location: { pathname: string; search: string }
    listen(callback: (location: unknown, action: string) => void): () => void
    push(to: string | object): void
    replace(to: string): void
  }
  const seen: unknown[] = []
  const leave = history.listen((location, action) => seen.push([(location as { pathname: string }).pathname, action]))
  history.push({ pathname: '/policies', search: '?page=2' })
  expect(history.location).toMatchObject({ pathname: '/policies', search: '?page=2' })
  history.replace('/runs')
  window.location.hash = '#/policies'
  popState()
  leave()
  history.push('/unseen')
  expect(seen).toEqual([
    ['/policies', 'PUSH'],
    ['/runs', 'REPLACE'],
    ['/policies', 'POP'],
  ])
})

it('follows the browser into dark mode, sets the window title and opens tabs', async () => {
  const { callBridge, window } = load(noFetch)
  await callBridge('enableTheming')
  expect(window.document.documentElement.dataset['colorMode']).toBe('dark')
  await callBridge('changeWindowTitle', { title: 'Users' })
  expect(window.document.title).toBe('Users')
  await callBridge('navigate', { url: 'https://example.com', type: 'new-tab' })
  expect(window.open).toHaveBeenCalledWith('https://example.com', '_blank', 'noopener')
  expect(await callBridge('getUrl')).toBe('http://page/app/')
})
