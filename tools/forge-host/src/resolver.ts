// What the page's resolver is asked, with the limits of invocations that people cause.

import { tally, type Counts } from './counts.js'
import { FunctionFailure } from './failure.js'
import { handlerContext, pageContext, type Installation } from './installation.js'
import type { Invoke } from './invocation.js'
import type { Limits } from './limits.js'
import type { Manifest } from './manifest.js'
import { createWindow } from './window.js'

export interface ResolverOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly limits: Limits
  readonly counts: Counts
  readonly now: () => number
  readonly invoke: Invoke
}

/** Makes the way from the bridge's invoke to the resolver's function. */
export function createResolver({ manifest, installation, limits, counts, now, invoke }: ResolverOptions) {
  const perInstall = createWindow(now, 60_000, () => limits.invocationsPerInstallMinute)
  const perUser = new Map<string, ReturnType<typeof createWindow>>()
  const windowOf = (accountId: string) => {
    const window = perUser.get(accountId) ?? createWindow(now, 60_000, () => limits.invocationsPerUserMinute)
    perUser.set(accountId, window)
    return window
  }
  return async (operation: string, payload: unknown, accountId: string): Promise<unknown> => {
    const { page } = manifest
    if (page === undefined) throw new Error('The manifest has no jira:adminPage')
    const key = page.functionKey
    const full = !windowOf(accountId).take()
      ? 'invocationsPerUserMinute'
      : perInstall.take()
        ? undefined
        : 'invocationsPerInstallMinute'
    if (full !== undefined) {
      tally(counts.refused, full)
      throw new FunctionFailure('FUNCTION_PLATFORM_RATE_LIMITED', key, `More than ${limits[full]} invocations a minute`)
    }
    const bytes = Buffer.byteLength(JSON.stringify(payload) ?? '')
    if (bytes > limits.invokeRequestBytes) {
      tally(counts.refused, 'invokeRequestBytes')
      throw new FunctionFailure('FUNCTION_ERR', key, `The payload has ${bytes} bytes of ${limits.invokeRequestBytes}`)
    }
    const context = pageContext(installation, manifest, accountId)
    const call = { functionKey: operation, ...(payload === undefined ? {} : { payload }) }
    return invoke(key, [{ call, context }, handlerContext(installation, accountId)], {
      ...{ moduleKey: page.key, moduleType: 'jira:adminPage', accountId },
    })
  }
}
