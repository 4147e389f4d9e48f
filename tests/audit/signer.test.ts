// The signer uses one key for one database, also when several processes create one at the same time.

import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createSigner } from '@rollcall/server/signer'
import { createStore, migrate, openSqlite } from '@rollcall/store'

it('when two processes create a key at the same time, both sign with the one that was stored first', async () => {
  const db = openSqlite(new Database(':memory:'))
  await migrate(db)
  const environment = { ROLLCALL_MASTER_KEY: 'ab'.repeat(32) }
  const store = createStore(db)
  const quick = createSigner(store, environment)
  const slow = createSigner(
    {
      ...store,
      async insertSetting(name, value) {
        await quick.publicKey()
        await store.insertSetting(name, value)
      },
    },
    environment,
  )
  const [late, early] = [await slow.publicKey(), await quick.publicKey()]
  expect([late, await createSigner(store, environment).publicKey()]).toEqual([early, early])
  await db.destroy()
})
