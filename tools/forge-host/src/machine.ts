// The machine: what all installations of an app share. A lambda that stays warm serves whichever asks next, so that what a
// module keeps of one is still there when another is served.

import { resolve as absolute } from 'node:path'
import { createClock } from './clock.js'
import { createLambdas } from './functions/lambdas.js'
import { limitsWith } from './limits/limits.js'
import { readManifest } from './app/read-manifest.js'
import type { ForgeHostOptions } from './options.js'
import { startProxy, type Served } from './platform/proxy.js'

/** Starts it without any installation. */
export async function startMachine(options: ForgeHostOptions) {
  const limits = limitsWith(options.limits)
  const manifest = readManifest(options.appFolder, limits)
  const clock = createClock()
  const served: Served[] = []
  const proxy = await startProxy(served)
  const [bundle, variables] = [absolute(options.bundle), options.variables ?? {}]
  const [loadMs, warm] = [limits.loadSeconds * 1000, options.warm ?? false]
  const lambdas = createLambdas(
    { bundle, variables, loadMs, ahead: clock.ahead, egress: manifest.egress, warm },
    proxy.url,
  )
  let [made, left] = [0, 0]
  return {
    limits,
    manifest,
    clock,
    lambdas,
    proxyUrl: proxy.url,
    /** One more installation; answers its number. */
    enter(): number {
      left += 1
      made += 1
      return made - 1
    },
    /** From now on the proxy answers what is asked for it. */
    serve: (installation: Served): void => void served.push(installation),
    /** One installation less; the last one takes the machine along. */
    async leave(): Promise<void> {
      left -= 1
      if (left > 0) return
      clock.close()
      await lambdas.close()
      await proxy.close()
    },
  }
}
export type Machine = Awaited<ReturnType<typeof startMachine>>
