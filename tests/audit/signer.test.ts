// The signer: one key for one database, whoever asks for it first.

import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createSigner } from '@rollcall/server/signer'
import { createStore, migrate, openSqlite } from '@rollcall/store'

it('a process that makes a key while another one does signs with the first that was stored', async () => {
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
