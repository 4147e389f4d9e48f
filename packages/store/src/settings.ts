// Settings: named texts.

import type { Store } from '@rollcall/core'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.js'
import { insertOnce, upsert } from './upsert.js'

/** The store's methods for settings. */
export function settingMethods(
  db: Kysely<Schema>,
): Pick<Store, 'setting' | 'putSetting' | 'replaceSetting' | 'insertSetting'> {
  return {
    async setting(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value
    },
    putSetting: (name, value) => upsert(db, 'settings', ['name'], [{ name, value }]),
    async replaceSetting(name, value, read) {
      if (read === undefined) await insertOnce(db, 'settings', [{ name, value }])
      else await db.updateTable('settings').set({ value }).where('name', '=', name).where('value', '=', read).execute()
      // It is there, whether this statement wrote it or an earlier one whose response was lost.
      const there = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return there?.value === value
    },
    async insertSetting(name, value) {
      await insertOnce(db, 'settings', [{ name, value }])
    },
  }
}
