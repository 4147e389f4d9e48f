// The Store port over SQL: the methods of each file beside, put together and guarded once.

import type { Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import { accountMethods } from './accounts.js'
import { guarded } from './errors.js'
import { laneMethods } from './lane.js'
import { planMethods } from './plans.js'
import { policyMethods } from './policies.js'
import { protectionMethods } from './protections.js'
import { runMethods } from './runs.js'
import type { Schema } from './schema.js'
import { settingMethods } from './settings.js'
import { snapshotMethods } from './snapshots.js'
import { stepMethods } from './steps.js'
import { vetoMethods } from './vetoes.js'

/** Makes the store over a migrated database; whatever its driver throws leaves it as a StoreError. */
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
    ...laneMethods(db),
    ...settingMethods(db),
  })
}
