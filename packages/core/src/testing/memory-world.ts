// A whole Rollcall in memory: the ports, and apps that come and go over them like processes.

import { createApp, type App, type AppOptions } from '../app.js'
import type { Ports } from '../ports.js'
import { mortal, type Death } from './crash.js'
import { manualSystem, type ManualSystem } from './manual-system.js'
import { memoryAuditLog } from './memory-audit-log.js'
import { memoryDirectory, type MemoryDirectory, type MemoryDirectoryOptions } from './memory-directory.js'
import type { MemoryOrganization } from './memory-organization.js'
import { memorySigner } from './memory-signer.js'
import { memoryStore } from './memory-store.js'
import { memoryWatermark } from './memory-watermark.js'

export interface MemoryWorld {
  /** The truth. */
  readonly organization: MemoryOrganization
  readonly directory: MemoryDirectory
  readonly system: ManualSystem
  readonly ports: Ports
  readonly app: App
  /** A fresh process over the same ports; it dies where it is told to. */
  process(death?: Death, options?: Partial<AppOptions>): { readonly app: App; readonly calls: () => number }
}

/** Opens a world around an organization. */
export function memoryWorld(
  organization: MemoryOrganization,
  options: Omit<MemoryDirectoryOptions, 'system'> = {},
): MemoryWorld {
  const system = manualSystem()
  const directory = memoryDirectory(organization, { ...options, system })
  const store = memoryStore()
  const ports: Ports = {
    directory,
    store,
    auditLog: memoryAuditLog(system, store),
    watermark: memoryWatermark(),
    signer: memorySigner(system),
    system,
  }
  let processes = 0
  const process: MemoryWorld['process'] = (death, appOptions = {}) => {
    const mine = mortal(ports, death)
    const owner = `process-${(processes += 1)}`
    const app = createApp(mine.ports, { organizationId: organization.organization.id, owner, ...appOptions })
    return { app, calls: mine.calls }
  }
  return { organization, directory, system, ports, app: process().app, process }
}
