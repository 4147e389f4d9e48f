// The signer's key of a server, in the database, encrypted with the master key.

import type { Signer, Store } from '@rollcall/core'
import { createSigner as signerOf } from '@rollcall/node'
import { secretsOf } from './stored-connection.js'

const name = 'checkpointKey'

/** Makes the signer. It reads the master key only to sign. */
export function createSigner(
  store: Pick<Store, 'setting' | 'insertSetting'>,
  environment: Readonly<Record<string, string | undefined>>,
): Signer {
  return signerOf({
    async read() {
      const encrypted = await store.setting(name)
      return encrypted === undefined ? undefined : secretsOf(environment).decrypt(name, encrypted)
    },
    keep: (pem) => store.insertSetting(name, secretsOf(environment).encrypt(name, pem)),
  })
}
