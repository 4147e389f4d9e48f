// A whole Rollcall in memory: the ports, and apps over them that start and end like processes.

import { createApp, type App, type AppOptions } from '../app.js'
import type { SomeLimits } from '../model/limits.js'
import type { AuditLog, Ports, Store, Watermark } from '../ports.js'
import { mortal, type Death } from './crash.js'
import { manualSystem, type ManualSystem } from './manual-system.js'
import { copyAuditLog, memoryAuditLog } from './memory-audit-log.js'
import { memoryDirectory, type MemoryDirectory, type MemoryDirectoryOptions } from './memory-directory.js'
import { copyPerson, type MemoryOrganization } from './memory-organization.js'
import { memorySigner } from './memory-signer.js'
import { memoryStore } from './memory-store.js'
import { memoryWatermark } from './memory-watermark.js'
import { openTables, type Tables } from './tables.js'

export interface MemoryWorld {
  /** What Atlassian stores. */
  readonly organization: MemoryOrganization
  readonly directory: MemoryDirectory
  readonly system: ManualSystem
  readonly ports: Ports
  readonly app: App
  /** Starts a new process over the same ports; `death` says where it dies. */
  process(death?: Death, options?: Partial<AppOptions>): { readonly app: App; readonly calls: () => number }
  /** Copies the world. The directory of the copy counts its calls from zero. */
  copy(): Promise<MemoryWorld>
}

export interface MemoryWorldOptions extends Omit<MemoryDirectoryOptions, 'system'> {
  /** The limits that the organization has set; the defaults without them. */
  readonly limits?: SomeLimits
}

interface Machine {
  readonly system: ManualSystem
  readonly tables: Tables
  readonly store: Store
  readonly auditLog: AuditLog
  readonly watermark: Watermark
}

/** Makes a world with an organization. */
export function memoryWorld(
  organization: MemoryOrganization,
  { limits, ...options }: MemoryWorldOptions = {},
): MemoryWorld {
  const system = manualSystem()
  const tables = openTables()
  if (limits !== undefined) tables.table<string, string>('settings').set('limits', JSON.stringify(limits))
  const store = memoryStore(tables)
  const auditLog = memoryAuditLog(system, store)
  return worldOn({ system, tables, store, auditLog, watermark: memoryWatermark() }, organization, options)
}

async function copyOf({ system, tables, auditLog, watermark }: Machine): Promise<Machine> {
  const copied = { system: system.copy(), tables: tables.copy(), watermark: memoryWatermark() }
  const store = memoryStore(copied.tables)
  const mark = await watermark.read()
  if (mark !== undefined) await copied.watermark.replace(mark)
  return { ...copied, store, auditLog: await copyAuditLog(auditLog, copied.system, store) }
}

function worldOn(
  machine: Machine,
  organization: MemoryOrganization,
  options: Omit<MemoryDirectoryOptions, 'system'>,
): MemoryWorld {
  const { system, store, auditLog, watermark } = machine
  const directory = memoryDirectory(organization, { ...options, system })
  const ports: Ports = { directory, store, auditLog, watermark, signer: memorySigner(system), system }
  let processes = 0
  const process: MemoryWorld['process'] = (death, appOptions = {}) => {
    const mine = mortal(ports, death)
    const owner = `process-${(processes += 1)}`
    const app = createApp(mine.ports, { organizationId: organization.organization.id, owner, ...appOptions })
    return { app, calls: mine.calls }
  }
  const copy = async (): Promise<MemoryWorld> => {
    const people = new Map([...organization.people].map(([id, person]) => [id, copyPerson(person)]))
    return worldOn(await copyOf(machine), { ...organization, people }, options)
  }
  return { organization, directory, system, ports, app: process().app, process, copy }
}
