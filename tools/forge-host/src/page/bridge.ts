// The bridge's commands that the host supports. The requester is always the signed-in account, whatever the payload says.

import { FunctionFailure } from '../functions/failure.js'
import { type Installation } from '../app/installation.js'
import { pageContext } from '../app/contexts.js'
import type { Note } from '../log.js'
import type { Manifest } from '../app/manifest.js'
import { isDoc, type Doc } from '../platform/call.js'
import type { RequestJira } from '../platform/jira.js'

export interface BridgeOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly note: Note
  readonly requestJira: RequestJira
  readonly resolve: (operation: string, payload: unknown, accountId: string) => Promise<unknown>
}
export interface BridgeResponse {
  readonly status: number
  readonly body: Doc
}

/** Makes the function that responds to one command. */
export function createBridge({ manifest, installation, note, requestJira, resolve }: BridgeOptions) {
  async function invoke({ functionKey, payload }: Doc): Promise<BridgeResponse> {
    try {
      return { status: 200, body: { result: await resolve(String(functionKey), payload, installation.accountId) } }
    } catch (thrown) {
      if (!(thrown instanceof FunctionFailure)) throw thrown
      const { code, message } = thrown
      return { status: 502, body: { code, message: `There was an error invoking the function - ${message}` } }
    }
  }

  async function fetchProduct({ product, restPath, fetchRequestInit }: Doc): Promise<BridgeResponse> {
    if (product !== 'jira') return { status: 501, body: { message: `No ${String(product)} in the local host` } }
    const { method = 'GET', headers = [], body = '' } = isDoc(fetchRequestInit) ? fetchRequestInit : {}
    const answer = await requestJira({
      as: 'user',
      accountId: installation.accountId,
      method: String(method),
      path: String(restPath),
      headers: Object.fromEntries((headers as [string, string][]).map(([name, value]) => [name.toLowerCase(), value])),
      body: String(body ?? ''),
    })
    const text = answer.body instanceof Uint8Array ? Buffer.from(answer.body).toString() : JSON.stringify(answer.body)
    const result = { status: answer.status, statusText: '', headers: answer.headers ?? {}, isAttachment: false }
    return { status: 200, body: { result: { ...result, body: text ?? '' } } }
  }

  return async (command: unknown, payload: unknown): Promise<BridgeResponse> => {
    const given = isDoc(payload) ? payload : {}
    note('bridge', `${String(command)} ${String(given['functionKey'] ?? given['restPath'] ?? '')}`.trim())
    if (command === 'getContext')
      return { status: 200, body: { result: pageContext(installation, manifest, installation.accountId) } }
    if (command === 'invoke') return invoke(given)
    if (command === 'fetchProduct') return fetchProduct(given)
    return { status: 501, body: { message: `The local host has no bridge command ${String(command)}` } }
  }
}
