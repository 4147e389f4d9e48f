// Creates the schema once for an installation. Two invocations at the same time would exceed the 25 schema changes a minute
// that the platform allows, so one creates it and the others wait.

import { minute, UsageError } from '@rollcall/core'
import { isMigrated, migrate } from '@rollcall/store'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { perInstallation } from './per-installation.js'
import { resolverAllowance, timeLeft } from './time-slice.js'
import { db } from './sql.js'
import { values } from './values.js'

interface Claim {
  readonly by: string
  readonly at: number
}
const name = 'making-schema'
/** An older claim belongs to an invocation that was cut off. */
const claimLasts = minute
const [settling, pause] = [300, 1000]

/** Claims the schema. Of two claims at once, the one that stays stored wins. */
async function claimed(): Promise<boolean> {
  const other = await values.get<Claim>(name)
  if (other !== undefined && Date.now() - other.at < claimLasts) return false
  const mine: Claim = { by: randomUUID(), at: Date.now() }
  await values.set(name, mine)
  await sleep(settling)
  return (await values.get<Claim>(name))?.by === mine.by
}

async function make(): Promise<void> {
  while (!(await isMigrated(db))) {
    if (await claimed()) return migrate(db)
    if (timeLeft() < resolverAllowance.reserveMs + pause)
      throw new UsageError('The database of this installation is being prepared. Try again in a minute.')
    await sleep(pause)
  }
}

const known = perInstallation(() => ({ ready: false }))

/** Brings the schema up to date. Each process checks once per installation. */
export async function migrated(): Promise<void> {
  const schema = known()
  if (schema.ready) return
  await make()
  schema.ready = true
}
