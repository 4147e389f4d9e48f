// Requests to the page's resolver, with the limits on invocations by users.

import { FunctionFailure } from './failure.js'
import type { LimitMeter } from '../limits/limit-meter.js'
import { type Installation } from '../app/installation.js'
import { pageContext } from '../app/contexts.js'
import { handlerContext } from '../app/contexts.js'
import type { Invoke } from './invoke.js'
import type { Limits } from '../limits/limits.js'
import type { Manifest } from '../app/manifest.js'

export interface ResolverOptions {
  readonly manifest: Manifest
  readonly installation: Installation
  readonly limits: Limits
  readonly meter: LimitMeter
  readonly invoke: Invoke
}

/** Makes the path from the bridge's invoke to the resolver's function. */
export function createResolver({ manifest, installation, limits, meter, invoke }: ResolverOptions) {
  const perInstall = meter.window('invocationsPerInstallMinute', 60_000)
  const perUser = new Map<string, ReturnType<LimitMeter['window']>>()
  const windowOf = (accountId: string) => {
    const window = perUser.get(accountId) ?? meter.window('invocationsPerUserMinute', 60_000)
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
      meter.refuse(full)
      throw new FunctionFailure('FUNCTION_PLATFORM_RATE_LIMITED', key, `More than ${limits[full]} invocations a minute`)
    }
    const bytes = Buffer.byteLength(JSON.stringify(payload) ?? '')
    if (!meter.allows('invokeRequestBytes', bytes))
      throw new FunctionFailure('FUNCTION_ERR', key, `The payload has ${bytes} bytes of ${limits.invokeRequestBytes}`)
    const context = pageContext(installation, manifest, accountId)
    const call = { functionKey: operation, ...(payload === undefined ? {} : { payload }) }
    return invoke(key, [{ call, context }, handlerContext(installation, accountId)], {
      moduleKey: page.key,
      moduleType: 'jira:adminPage',
      accountId,
    })
  }
}
