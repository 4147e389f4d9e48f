// The Store port over SQL: joins the methods of the other files.

import type { Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { accountMethods } from './accounts.js'
import { guarded } from './errors.js'
import { leaseMethods } from './lease.js'
import { planMethods } from './plans.js'
import { policyMethods } from './policies.js'
import { protectionMethods } from './protections.js'
import { runMethods } from './runs.js'
import type { Schema } from './schema.js'
import { settingMethods } from './settings.js'
import { snapshotMethods } from './snapshots.js'
import { stepMethods } from './steps.js'
import { vetoMethods } from './vetoes.js'

/** Makes the store over a migrated database. Its methods throw StoreErrors. */
export function createStore(db: Kysely<Schema>): Store {
  return guarded<Store>({
    ...snapshotMethods(db),
    ...accountMethods(db),
    ...policyMethods(db),
    ...planMethods(db),
    ...runMethods(db),
    ...stepMethods(db),
    ...protectionMethods(db),
    ...vetoMethods(db),
    ...leaseMethods(db),
    ...settingMethods(db),
  })
}
