// The machine: everything that all installations of an app share. A warm lambda serves the next request of any
// installation, so module state of one installation is still there when it serves another.

import { resolve as absolute } from 'node:path'
import { createClock } from './clock.js'
import { createLambdas } from './functions/lambdas.js'
import { limitsWith } from './limits/limits.js'
import { readManifest } from './app/read-manifest.js'
import type { ForgeHostOptions } from './options.js'
import { createProxy, type ServedInstallation } from './platform/proxy.js'

/** Starts it without any installation. */
export async function startMachine(options: ForgeHostOptions) {
  const limits = limitsWith(options.limits)
  const manifest = readManifest(options.appFolder, limits)
  const clock = createClock()
  const served: ServedInstallation[] = []
  const [bundle, variables] = [absolute(options.bundle), options.variables ?? {}]
  const [loadMs, warm] = [limits.loadSeconds * 1000, options.warm ?? false]
  const lambdas = createLambdas(
    { bundle, variables, loadMs, ahead: clock.ahead, egress: manifest.egress, warm },
    createProxy(served),
  )
  let [made, left] = [0, 0]
  return {
    limits,
    manifest,
    clock,
    lambdas,
    /** Adds an installation; returns its number. */
    enter(): number {
      left += 1
      made += 1
      return made - 1
    },
    /** Lets the proxy serve the installation. */
    serve: (installation: ServedInstallation): void => void served.push(installation),
    /** Removes an installation; the last one stops the machine. */
    async leave(): Promise<void> {
      left -= 1
      if (left > 0) return
      clock.close()
      await lambdas.close()
    },
  }
}
export type Machine = Awaited<ReturnType<typeof startMachine>>
